// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <optional>
#include <utility>

namespace terrarium {

class TerminalScreen;

/// A place in the text: line number (as TerminalScreen counts them) and column.
struct TerminalPosition {
  qint64 line = 0;
  int column = 0;
  auto operator<=>(const TerminalPosition&) const = default;
};

/// What is selected in a terminal: a stretch of text by characters, words or lines, or a block. Follows the text while it scrolls,
/// because lines keep their numbers.
class TerminalSelection {
 public:
  enum class Mode { Characters, Words, Lines, Block };

  void start(const TerminalScreen& screen, TerminalPosition position, Mode mode);
  void extend(const TerminalScreen& screen, TerminalPosition position);
  void selectAll(const TerminalScreen& screen);
  void clear() { anchor_.reset(); }

  [[nodiscard]] bool isEmpty() const { return !anchor_ || begin_ == end_; }
  /// The selected columns [first, second) of a line; empty when first == second.
  [[nodiscard]] std::pair<int, int> columnsOf(qint64 line, int columns) const;
  [[nodiscard]] QString text(const TerminalScreen& screen) const;

 private:
  void widen(const TerminalScreen& screen);
  std::optional<TerminalPosition> anchor_;
  TerminalPosition head_;
  TerminalPosition begin_;
  TerminalPosition end_;  ///< exclusive
  Mode mode_ = Mode::Characters;
};

}  // namespace terrarium
