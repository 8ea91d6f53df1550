// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/ringbuffer.h"

#include <algorithm>

namespace terrarium::netstack {

Space RingBuffer::room(std::size_t wanted) {
  while (size_ + wanted > capacity_ && capacity_ < kMost) {
    const auto before = capacity_;
    grow();
    if (capacity_ == before) break;
  }
  if (size_ == capacity_) return {};
  const auto end = (start_ + size_) & (capacity_ - 1);
  const auto piece = end < start_ ? start_ - end : capacity_ - end;
  return {bytes_.get() + end, std::min(piece, wanted)};
}

std::size_t RingBuffer::append(Bytes bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto space = room(bytes.size() - done);
    if (space.empty()) break;
    copyBytes(space, 0, bytes.subspan(done, space.size()));
    added(space.size());
    done += space.size();
  }
  return done;
}

Bytes RingBuffer::front() const { return {bytes_.get() + start_, std::min(size_, capacity_ - start_)}; }

void RingBuffer::drop(std::size_t bytes) {
  size_ -= bytes;
  if (size_ == 0) return release();
  start_ = (start_ + bytes) & (capacity_ - 1);
}

void RingBuffer::copy(std::size_t offset, Space to) const {
  if (to.empty()) return;
  const auto from = (start_ + offset) & (capacity_ - 1);
  const auto first = std::min(to.size(), capacity_ - from);
  copyBytes(to, 0, {bytes_.get() + from, first});
  copyBytes(to, first, {bytes_.get(), to.size() - first});
}

void RingBuffer::grow() {
  const auto larger = capacity_ == 0 ? kLeast : capacity_ * 4;
  if (capacity_ == 0) {
    budget_.takeAnyway(larger);
  } else if (!budget_.take(larger - capacity_)) {
    return;
  }
  auto bytes = std::make_unique_for_overwrite<std::uint8_t[]>(larger);
  copy(0, {bytes.get(), size_});
  bytes_ = std::move(bytes);
  capacity_ = larger;
  start_ = 0;
}

void RingBuffer::release() {
  budget_.give(capacity_);
  bytes_.reset();
  capacity_ = start_ = size_ = 0;
}

}  // namespace terrarium::netstack
