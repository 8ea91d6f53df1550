// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>

namespace terrarium::netstack {

/// What all buffers of one netstack may take together. Whoever gets nothing goes on with what it has.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t limit) : left_(limit) {}

  [[nodiscard]] bool take(std::size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }
  void give(std::size_t bytes) { left_ += bytes; }
  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

}  // namespace terrarium::netstack
