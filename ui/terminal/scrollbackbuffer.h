// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <cstddef>
#include <deque>

#include "ui/terminal/terminalline.h"

namespace terrarium {

/// The lines that scrolled off the top of a terminal, packed. Holds at most `capacity` lines; the oldest go first.
class ScrollbackBuffer {
 public:
  static constexpr std::size_t kDefaultCapacity = 10000;

  explicit ScrollbackBuffer(std::size_t capacity = kDefaultCapacity) : capacity_(capacity) {}

  void push(const TerminalLine& line) {
    lines_.push_back(line.packed());
    if (lines_.size() > capacity_) lines_.pop_front();
  }
  /// Takes the newest line back. Only when not empty.
  TerminalLine pop() {
    auto line = TerminalLine::unpacked(lines_.back());
    lines_.pop_back();
    return line;
  }
  [[nodiscard]] TerminalLine line(std::size_t index) const { return TerminalLine::unpacked(lines_.at(index)); }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  void clear() { lines_.clear(); }

 private:
  std::size_t capacity_;
  std::deque<QByteArray> lines_;
};

}  // namespace terrarium
