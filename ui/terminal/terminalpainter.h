// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>
#include <QPainter>
#include <QRect>
#include <QSize>

#include "ui/terminal/terminalpalette.h"
#include "ui/terminal/terminalscreen.h"
#include "ui/terminal/terminalselection.h"

namespace terrarium {

/// Draws lines of a terminal on a grid of equal cells.
class TerminalPainter {
 public:
  explicit TerminalPainter(const QFont& font);

  void setFont(const QFont& font);
  void setPalette(const TerminalPalette& palette) { palette_ = palette; }
  [[nodiscard]] const TerminalPalette& palette() const { return palette_; }
  [[nodiscard]] const QFont& font() const { return font_; }
  [[nodiscard]] QSize cellSize() const { return cell_; }

  /// Draws `line` with its top left corner at `origin`.
  void drawLine(QPainter& painter, QPoint origin, const TerminalLine& line, std::pair<int, int> selected) const;
  /// `focused` draws the shape the program asked for, else an outline.
  void drawCursor(QPainter& painter, QPoint origin, const TerminalScreen& screen, bool focused) const;

 private:
  void drawRun(QPainter& painter, QPoint origin, const TerminalRun& run) const;
  QFont font_;
  QSize cell_;
  int ascent_ = 0;
  TerminalPalette palette_ = TerminalPalette::dark();
};

}  // namespace terrarium
