// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "backend/egress/netstack/cable.h"
#include "backend/egress/netstack/tcpsegment.h"
#include "backend/egress/netstack/tcpsender.h"

namespace terrarium::netstack {

/// Frames on their way to the guest. What has a connection behind it is sent now or asked for again later; what has none (answers,
/// resets) waits here, up to a bound beyond which it is lost as on any network. Keeps no frame's order but within each kind.
class Outgoing {
 public:
  static constexpr std::size_t kMostWaiting = 8192;  ///< frames
  static constexpr std::size_t kMostBytes = 4 * std::size_t{1024} * 1024;

  explicit Outgoing(Cable& cable) : cable_(cable) {}

  void sendSoon(std::vector<std::uint8_t> frame);
  void sendSoon(const egress::FlowTuple& tuple, const TcpSegment& segment);
  /// False when the cable is full: not sent.
  [[nodiscard]] bool sendNow(const egress::FlowTuple& tuple, const TcpSegment& segment);
  [[nodiscard]] bool sendNow(const egress::FlowTuple& tuple, const TcpSegment& segment, const TcpSender& sender,
                             const TcpSender::Piece& piece);

  /// There is room again. Sends what waits; false when that filled the cable.
  bool resume();
  [[nodiscard]] bool isFull() const { return full_; }

 private:
  [[nodiscard]] bool send(Bytes frame);

  Cable& cable_;
  std::deque<std::vector<std::uint8_t>> waiting_;
  std::size_t waitingBytes_ = 0;
  std::array<std::uint8_t, kEthernetHeader + kMtu> scratch_{};
  bool full_ = false;
};

}  // namespace terrarium::netstack
