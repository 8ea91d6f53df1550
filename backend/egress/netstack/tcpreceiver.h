// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <optional>
#include <vector>

#include "backend/egress/netstack/ringbuffer.h"
#include "backend/egress/netstack/sequence.h"
#include "backend/egress/netstack/stream.h"

namespace terrarium::netstack {

/// The half of a connection that comes from the guest: brings bytes into their order and writes them to the stream; what the stream
/// does not take at once is kept and makes the window smaller, so nothing that was confirmed is ever lost.
class TcpReceiver {
 public:
  static constexpr std::size_t kMostOutOfOrder = 256;  ///< segments

  /// `next` is the sequence number that comes next; windows are told in units of 2^shift.
  TcpReceiver(MemoryBudget& budget, Sequence next, std::size_t window, std::uint8_t shift);
  ~TcpReceiver();
  TcpReceiver(const TcpReceiver&) = delete;
  TcpReceiver& operator=(const TcpReceiver&) = delete;

  enum class Taken {
    InOrder,     ///< confirm it when convenient
    OutOfOrder,  ///< confirm it at once: the guest counts
    Broken,      ///< the stream is
  };
  /// A segment that touches the window, as isAcceptable() says.
  [[nodiscard]] Taken take(Sequence sequence, Bytes data, bool fin, Stream& stream);
  [[nodiscard]] bool isAcceptable(Sequence sequence, std::uint32_t length) const;
  [[nodiscard]] bool isInWindow(Sequence sequence) const;

  /// Writes what the stream had no room for. False when the stream is broken.
  [[nodiscard]] bool flush(Stream& stream);

  [[nodiscard]] Sequence next() const { return next_; }
  /// The window as a segment tells it now; remembers that it was told.
  [[nodiscard]] std::uint16_t tellWindow();
  /// So much room came free since it was told that the guest should hear of it.
  [[nodiscard]] bool hasNewsOfWindow() const;

  [[nodiscard]] bool hasFin() const { return finTaken_; }
  /// FIN and everything before it were handed on.
  [[nodiscard]] bool isFinished() const { return streamEnded_; }
  [[nodiscard]] std::uint64_t received() const { return received_; }

 private:
  [[nodiscard]] std::size_t window() const { return most_ - waiting_.size(); }
  [[nodiscard]] bool deliver(Bytes data, Stream& stream);
  void keep(Sequence sequence, Bytes data);
  [[nodiscard]] bool deliverKept(Stream& stream);
  void forget(std::map<Sequence, std::vector<std::uint8_t>, SequenceOrder>::iterator kept);
  void finishStream(Stream& stream);

  MemoryBudget& budget_;
  RingBuffer waiting_;  ///< confirmed, but not yet taken by the stream
  std::map<Sequence, std::vector<std::uint8_t>, SequenceOrder> outOfOrder_;
  std::size_t outOfOrderBytes_ = 0;
  Sequence next_;
  Sequence toldEnd_;  ///< where the window ended that the guest knows
  std::size_t most_;
  std::uint8_t shift_;
  std::optional<Sequence> fin_;
  std::uint64_t received_ = 0;
  bool finTaken_ = false;
  bool streamEnded_ = false;
};

}  // namespace terrarium::netstack
