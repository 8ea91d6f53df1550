// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <memory>

#include "backend/egress/netstack/bytes.h"
#include "backend/egress/netstack/memorybudget.h"

namespace terrarium::netstack {

/// A queue of bytes that grows while the budget allows, from kLeast, which it always gets, up to kMost. Costs nothing while empty.
class RingBuffer {
 public:
  static constexpr std::size_t kLeast = 4 * std::size_t{1024};
  static constexpr std::size_t kMost = 256 * std::size_t{1024};

  explicit RingBuffer(MemoryBudget& budget) : budget_(budget) {}
  ~RingBuffer() { release(); }
  RingBuffer(const RingBuffer&) = delete;
  RingBuffer& operator=(const RingBuffer&) = delete;

  [[nodiscard]] std::size_t size() const { return size_; }
  /// One piece of free room at the end, at most `wanted` bytes; empty when there is none. added() says how much of it was filled.
  [[nodiscard]] Space room(std::size_t wanted);
  void added(std::size_t bytes) { size_ += bytes; }
  /// How much of it found room.
  std::size_t append(Bytes bytes);
  /// The first piece of what is there, in one part.
  [[nodiscard]] Bytes front() const;
  void drop(std::size_t bytes);
  /// Copies `to.size()` bytes from `offset` on, all of which must be there.
  void copy(std::size_t offset, Space to) const;

 private:
  void grow();
  void release();

  MemoryBudget& budget_;
  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t capacity_ = 0;  ///< 0 or a power of two
  std::size_t start_ = 0;
  std::size_t size_ = 0;
};

}  // namespace terrarium::netstack
