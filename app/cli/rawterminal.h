// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <termios.h>

namespace terrarium {

/// Puts the terminal of standard input into raw mode for as long as it lives; does nothing without a terminal.
class RawTerminal {
 public:
  RawTerminal();
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

  struct Size {
    int columns = 80;
    int rows = 24;
  };
  [[nodiscard]] static Size size();

 private:
  termios before_{};
  bool active_ = false;
};

}  // namespace terrarium
