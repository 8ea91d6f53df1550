// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <cstdint>
#include <vector>
#include <vterm.h>

namespace terrarium {

/// A colour as the guest asked for it; the palette turns it into a QColor when it is drawn.
struct TerminalColor {
  enum class Kind : std::uint8_t { Default, Indexed, Rgb };
  Kind kind = Kind::Default;
  std::uint8_t red = 0;  ///< the index when Indexed
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const TerminalColor&) const = default;
};

struct TerminalStyle {
  TerminalColor foreground;
  TerminalColor background;
  bool bold = false;
  bool italic = false;
  bool strike = false;
  bool reverse = false;
  std::uint8_t underline = 0;  ///< 0 none, 1 single, 2 double, 3 curly
  bool operator==(const TerminalStyle&) const = default;
};

/// Neighbouring cells of one style. Either all cells hold one ASCII character each (text.size() == columns), or it is a single cell
/// with any cluster, one or two columns wide. So text never drifts off the grid, whatever font draws it.
struct TerminalRun {
  int column = 0;
  int columns = 0;
  QString text;
  TerminalStyle style;
  bool operator==(const TerminalRun&) const = default;
};

/// One line of a terminal, without trailing blank cells of the default style.
class TerminalLine {
 public:
  [[nodiscard]] static TerminalLine fromCells(const VTermScreenCell* cells, int count);
  void toCells(VTermScreenCell* cells, int count) const;

  /// A compact form for the scrollback, and back.
  [[nodiscard]] QByteArray packed() const;
  [[nodiscard]] static TerminalLine unpacked(const QByteArray& bytes);

  [[nodiscard]] const std::vector<TerminalRun>& runs() const { return runs_; }
  [[nodiscard]] int columns() const { return runs_.empty() ? 0 : runs_.back().column + runs_.back().columns; }
  /// The characters in columns [from, to); blank cells between are spaces, trailing blanks are left out.
  [[nodiscard]] QString text(int from, int to) const;
  /// What stands in a column; a space when blank, empty for the right half of a wide character.
  [[nodiscard]] QString cellText(int column) const;
  bool operator==(const TerminalLine&) const = default;

 private:
  void append(int column, int columns, const QString& text, const TerminalStyle& style);
  std::vector<TerminalRun> runs_;
};

}  // namespace terrarium
