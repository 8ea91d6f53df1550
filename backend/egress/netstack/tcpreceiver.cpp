// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/tcpreceiver.h"

#include <algorithm>

namespace terrarium::netstack {

namespace {

/// What a kept segment costs besides its bytes, roughly.
constexpr std::size_t kKeeping = 96;

}  // namespace

TcpReceiver::TcpReceiver(MemoryBudget& budget, Sequence next, std::size_t window, std::uint8_t shift)
    : budget_(budget), waiting_(budget), next_(next), toldEnd_(next), most_(std::min(window, RingBuffer::kMost)), shift_(shift) {}

TcpReceiver::~TcpReceiver() {
  while (!outOfOrder_.empty()) forget(outOfOrder_.begin());
}

bool TcpReceiver::isInWindow(Sequence sequence) const {
  const auto offset = distance(next_, sequence);
  return offset >= 0 && static_cast<std::size_t>(offset) < std::max<std::size_t>(window(), 1);
}

bool TcpReceiver::isAcceptable(Sequence sequence, std::uint32_t length) const {
  return isInWindow(sequence) || (length > 0 && (isInWindow(sequence + length - 1) ||
                                                 (isBefore(sequence, next_) && distance(next_, sequence + length) > 0)));
}

TcpReceiver::Taken TcpReceiver::take(Sequence sequence, Bytes data, bool fin, Stream& stream) {
  if (finTaken_) return Taken::InOrder;
  if (fin && !fin_) fin_ = sequence + static_cast<Sequence>(data.size());
  if (const auto old = distance(sequence, next_); old > 0) {
    data = data.subspan(std::min(data.size(), static_cast<std::size_t>(old)));
    sequence = next_;
  }
  const auto ahead = static_cast<std::size_t>(distance(next_, sequence));
  data = data.first(std::min(data.size(), window() - std::min(window(), ahead)));
  if (ahead > 0) {
    keep(sequence, data);
    return Taken::OutOfOrder;
  }
  const bool fillsHole = !outOfOrder_.empty();
  if (!deliver(data, stream) || !deliverKept(stream)) return Taken::Broken;
  if (fin_ == next_) {
    ++next_;
    finTaken_ = true;
    finishStream(stream);
  }
  // A gap that is still there, or one that was closed, is news for the guest's recovery.
  return fillsHole ? Taken::OutOfOrder : Taken::InOrder;
}

bool TcpReceiver::deliver(Bytes data, Stream& stream) {
  // Nothing is taken beyond the guest's own end.
  if (fin_) data = data.first(std::min(data.size(), static_cast<std::size_t>(std::max(distance(next_, *fin_), 0))));
  std::size_t done = 0;
  while (waiting_.size() == 0 && done < data.size()) {
    const auto moved = stream.write(data.subspan(done));
    if (moved.state == Stream::State::Broken) return false;
    if (moved.state != Stream::State::Good) break;
    done += moved.bytes;
  }
  // What finds no memory is not confirmed and comes again.
  done += waiting_.append(data.subspan(done));
  next_ += static_cast<Sequence>(done);
  received_ += done;
  return true;
}

void TcpReceiver::keep(Sequence sequence, Bytes data) {
  if (data.empty() || outOfOrder_.size() >= kMostOutOfOrder || outOfOrderBytes_ + data.size() > most_) return;
  const auto known = outOfOrder_.find(sequence);
  if (known != outOfOrder_.end()) {
    if (known->second.size() >= data.size()) return;
    forget(known);
  }
  if (!budget_.take(data.size() + kKeeping)) return;
  outOfOrder_.emplace(sequence, std::vector<std::uint8_t>(data.begin(), data.end()));
  outOfOrderBytes_ += data.size();
}

bool TcpReceiver::deliverKept(Stream& stream) {
  while (!outOfOrder_.empty()) {
    const auto kept = outOfOrder_.begin();
    const auto old = distance(kept->first, next_);
    if (old < 0) break;
    const auto skipped = static_cast<std::size_t>(old);
    const Bytes data(kept->second);
    const auto before = next_;
    const bool isNew = skipped < data.size();
    if (isNew && !deliver(data.subspan(skipped), stream)) return false;
    // No memory now: it stays for the next time.
    if (isNew && next_ == before) break;
    if (isNew && static_cast<std::size_t>(distance(before, next_)) < data.size() - skipped) break;
    forget(kept);
  }
  return true;
}

void TcpReceiver::forget(std::map<Sequence, std::vector<std::uint8_t>, SequenceOrder>::iterator kept) {
  budget_.give(kept->second.size() + kKeeping);
  outOfOrderBytes_ -= kept->second.size();
  outOfOrder_.erase(kept);
}

bool TcpReceiver::flush(Stream& stream) {
  while (waiting_.size() > 0) {
    const auto moved = stream.write(waiting_.front());
    if (moved.state == Stream::State::Broken) return false;
    if (moved.state != Stream::State::Good) return true;
    waiting_.drop(moved.bytes);
  }
  finishStream(stream);
  return true;
}

void TcpReceiver::finishStream(Stream& stream) {
  if (!finTaken_ || streamEnded_ || waiting_.size() > 0) return;
  while (!outOfOrder_.empty()) forget(outOfOrder_.begin());
  stream.endWriting();
  streamEnded_ = true;
}

std::uint16_t TcpReceiver::tellWindow() {
  const auto units = static_cast<std::uint16_t>(std::min<std::size_t>(window() >> shift_, 0xffff));
  toldEnd_ = next_ + (Sequence{units} << shift_);
  return units;
}

bool TcpReceiver::hasNewsOfWindow() const {
  const auto more = distance(toldEnd_, next_ + static_cast<Sequence>(window()));
  return !finTaken_ && more > 0 && static_cast<std::size_t>(more) >= most_ / 4;
}

}  // namespace terrarium::netstack
