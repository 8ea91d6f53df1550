// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <array>

#include "ui/terminal/terminalline.h"

namespace terrarium {

/// The colours a terminal is drawn with. The sixteen named ones keep a contrast of at least 4.5:1 on the background, except the one
/// that is meant to vanish in it (black on dark, white on light).
class TerminalPalette {
 public:
  [[nodiscard]] static TerminalPalette dark();
  [[nodiscard]] static TerminalPalette light();

  [[nodiscard]] QColor background() const { return background_; }
  [[nodiscard]] QColor foreground() const { return foreground_; }
  [[nodiscard]] QColor selection() const { return selection_; }
  [[nodiscard]] QColor cursor() const { return cursor_; }

  /// The two colours of a cell. Bold text in one of the first eight colours uses the brighter eight.
  struct Pair {
    QColor foreground;
    QColor background;
  };
  [[nodiscard]] Pair colors(const TerminalStyle& style) const;
  [[nodiscard]] QColor indexed(int index) const;

 private:
  TerminalPalette() = default;
  QColor background_;
  QColor foreground_;
  QColor selection_;
  QColor cursor_;
  std::array<QRgb, 16> named_{};
};

}  // namespace terrarium
