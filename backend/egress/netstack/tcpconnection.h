// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include "backend/egress/netstack/outgoing.h"
#include "backend/egress/netstack/tcpreceiver.h"
#include "backend/egress/netstack/tcpsegment.h"
#include "backend/egress/netstack/tcpsender.h"

namespace terrarium::netstack {

/// One TCP connection of the guest, from its SYN to the last confirmation: the state machine above the two halves. Owned by
/// TcpFlows, which also sends what it answers; knows no descriptors and no clock.
class TcpConnection {
 public:
  enum class State {
    Asked,     ///< SYN came, egress has not answered
    Answered,  ///< SYN-ACK goes out until it is confirmed
    Open,
    TimeWait,  ///< both sides are done; late FINs are still confirmed
    Closed,
  };
  enum class End {
    None,
    Finished,  ///< both sides said FIN and had it confirmed
    ByGuest,   ///< RST
    Broken,    ///< the guest fell silent, or nobody is at the other end of the stream: the guest is to get a RST
  };

  static constexpr std::chrono::seconds kAskedLimit{60};
  static constexpr std::chrono::minutes kHalfClosedLimit{5};
  static constexpr std::chrono::hours kIdleLimit{2};
  static constexpr std::chrono::seconds kTimeWait{1};
  /// Confirmations of segments that make no sense, at most so often (RFC 5961, 10).
  static constexpr std::chrono::milliseconds kChallengePause{20};

  TcpConnection(const egress::FlowTuple& tuple, const TcpSegment& syn, Sequence first, MemoryBudget& budget, Time now);

  /// The target is there.
  void accept(std::unique_ptr<Stream> stream, Time now);
  /// A segment of the guest. What comes back is to be sent at once.
  [[nodiscard]] std::optional<TcpSegment> receive(const TcpSegment& segment, Time now);
  void streamReady(bool readable, bool writable);
  /// Sends everything that is due; false when the cable was full before that.
  [[nodiscard]] bool output(Outgoing& out, Time now);
  void expire(Time now);
  [[nodiscard]] Time deadline() const;

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] End end() const { return end_; }
  [[nodiscard]] const egress::FlowTuple& tuple() const { return tuple_; }
  /// Whether a SYN is the one it began with, sent again.
  [[nodiscard]] bool beganWith(const TcpSegment& syn) const { return syn.sequence == guestFirst_; }
  /// The segment that ends it on the guest's side.
  [[nodiscard]] TcpSegment reset() const;
  /// The first bytes of the guest's SYN, as an ICMP message quotes them.
  [[nodiscard]] std::array<std::uint8_t, 8> quotedSyn() const;
  [[nodiscard]] std::uint64_t bytesUp() const { return receiver_.received(); }
  [[nodiscard]] std::uint64_t bytesDown() const { return sender_ ? sender_->confirmed() : 0; }

 private:
  [[nodiscard]] std::optional<TcpSegment> receiveAsked(const TcpSegment& segment);
  [[nodiscard]] std::optional<TcpSegment> receiveAnswered(const TcpSegment& segment, Time now);
  [[nodiscard]] std::optional<TcpSegment> receiveOpen(const TcpSegment& segment, Time now);
  [[nodiscard]] std::optional<TcpSegment> takePayload(const TcpSegment& segment);
  [[nodiscard]] std::optional<TcpSegment> challenge(Time now);
  [[nodiscard]] TcpSegment confirmation();
  [[nodiscard]] TcpSegment synAck() const;
  [[nodiscard]] bool outputPieces(Outgoing& out, Time now);
  void moveStream();
  void finishIfDone(Time now);
  void close(End end);

  egress::FlowTuple tuple_;
  MemoryBudget& budget_;
  State state_ = State::Asked;
  End end_ = End::None;
  Sequence guestFirst_;
  Sequence ownFirst_;
  std::uint16_t mss_;
  std::optional<std::uint8_t> guestShift_;
  TcpReceiver receiver_;
  std::optional<TcpSender> sender_;
  std::unique_ptr<Stream> stream_;
  Time lastHeard_;
  Time lastChallenge_;
  Time synAckDeadline_ = kNever;
  int synAckTries_ = 0;
  bool synAckDue_ = false;
  bool confirmationDue_ = false;
  bool endedFirst_ = false;  ///< our FIN was out before the guest's came
  bool readable_ = true;
  bool writable_ = false;
};

}  // namespace terrarium::netstack
