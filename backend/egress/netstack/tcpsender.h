// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include "backend/egress/netstack/ringbuffer.h"
#include "backend/egress/netstack/sequence.h"
#include "backend/egress/netstack/stream.h"

namespace terrarium::netstack {

/// The half of a connection that goes to the guest: what the stream brought, until the guest has confirmed it. No congestion
/// control (one hop that loses nothing), but full loss recovery: a guest may drop what it likes.
class TcpSender {
 public:
  static constexpr std::chrono::milliseconds kFirstTimeout{300};
  static constexpr std::chrono::milliseconds kLongestTimeout{5000};
  static constexpr int kTries = 10;

  struct Piece {
    Sequence sequence = 0;
    std::size_t offset = 0;
    std::size_t size = 0;
    bool fin = false;
    bool push = false;
    bool probe = false;  ///< asks for the window with a number that is not in it
  };

  /// What a segment of the guest says about what we sent. `bare` is one without data and FIN: only such ones are duplicates that
  /// tell of a loss.
  struct Confirmation {
    Sequence sequence = 0;
    Sequence acknowledgement = 0;
    std::uint32_t window = 0;
    bool bare = false;
  };

  /// `first` is the sequence number of the first byte.
  TcpSender(MemoryBudget& budget, Sequence first, std::uint16_t mss, const Confirmation& handshake);

  /// Reads from the stream what fits; the stream's state when it stopped.
  Stream::State fill(Stream& stream);
  /// The stream may have something again.
  void streamReadable() { readable_ = true; }

  /// What is to be sent now, if anything; sent() says that it was.
  [[nodiscard]] std::optional<Piece> next() const;
  void sent(const Piece& piece, Time now);
  void copy(const Piece& piece, Space to) const { ring_.copy(piece.offset, to); }

  /// Whether the guest may confirm that number (RFC 5961, 5.2).
  [[nodiscard]] bool isAcceptable(Sequence acknowledgement) const;
  /// `bare` is a segment without data and FIN: only such ones are duplicates that tell of a loss.
  void acknowledged(const Confirmation& confirmation, Time now);

  /// After everything that could be sent was: makes sure that what waits is not forgotten.
  void arm(Time now);
  void expire(Time now);
  [[nodiscard]] Time deadline() const { return deadline_; }
  /// The guest did not answer kTries times.
  [[nodiscard]] bool hasGivenUp() const { return tries_ > kTries; }

  [[nodiscard]] Sequence furthest() const { return furthest_; }
  [[nodiscard]] bool hasSentFin() const { return finished_ || (ended_ && distance(finSequence(), furthest_) > 0); }
  [[nodiscard]] bool isFinished() const { return finished_; }
  [[nodiscard]] std::uint64_t confirmed() const { return confirmed_; }

 private:
  [[nodiscard]] Sequence finSequence() const { return unconfirmed_ + static_cast<Sequence>(ring_.size()); }
  [[nodiscard]] std::size_t underWay() const { return static_cast<std::size_t>(distance(unconfirmed_, next_)); }
  [[nodiscard]] bool hasMore() const;
  [[nodiscard]] std::optional<Piece> retransmission() const;
  void advance(Sequence acknowledgement);
  [[nodiscard]] bool isNewest(const Confirmation& confirmation);
  void countDuplicate();
  void setTimer(Time now);

  RingBuffer ring_;  ///< from unconfirmed_ on
  Sequence unconfirmed_;
  Sequence next_;
  Sequence furthest_;  ///< next_ before it went back
  Sequence recovery_;  ///< a loss before this one is being repaired already
  std::uint16_t mss_;
  std::uint32_t window_;
  std::uint32_t largestWindow_;
  Sequence windowSequence_ = 0;  ///< of the segment that told of window_
  Sequence windowAcknowledgement_;
  int duplicates_ = 0;
  int tries_ = 0;
  std::chrono::milliseconds timeout_ = kFirstTimeout;
  Time deadline_ = kNever;
  std::uint64_t confirmed_ = 0;
  bool recovering_ = false;
  bool resendFirst_ = false;
  bool probeDue_ = false;
  bool smallAllowed_ = false;
  bool readable_ = false;
  bool ended_ = false;     ///< the stream is: a FIN follows the last byte
  bool finished_ = false;  ///< the FIN was confirmed
};

}  // namespace terrarium::netstack
