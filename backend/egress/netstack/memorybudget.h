// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>

namespace terrarium::netstack {

/// What all buffers of one netstack may take together. Whoever gets nothing goes on with what it has; a little is never refused, so
/// that nobody stands still because others took everything.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t limit) : left_(static_cast<std::ptrdiff_t>(limit)) {}

  [[nodiscard]] bool take(std::size_t bytes) {
    if (static_cast<std::ptrdiff_t>(bytes) > left_) return false;
    takeAnyway(bytes);
    return true;
  }
  void takeAnyway(std::size_t bytes) { left_ -= static_cast<std::ptrdiff_t>(bytes); }
  void give(std::size_t bytes) { left_ += static_cast<std::ptrdiff_t>(bytes); }
  /// Below zero when more was taken than there was.
  [[nodiscard]] std::ptrdiff_t left() const { return left_; }

 private:
  std::ptrdiff_t left_;
};

}  // namespace terrarium::netstack
