// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/netstack/packet.h"
#include "backend/egress/netstack/sequence.h"

namespace terrarium::netstack {

/// One TCP segment, in either direction. In a parsed one `payload` points into the frame.
struct TcpSegment {
  enum Flag : std::uint8_t { Fin = 1, Syn = 2, Rst = 4, Push = 8, Ack = 16 };

  Sequence sequence = 0;
  Sequence acknowledgement = 0;
  std::uint8_t flags = 0;
  std::uint16_t window = 0;
  std::optional<std::uint16_t> mss = {};
  std::optional<std::uint8_t> windowScale = {};
  Bytes payload = {};

  [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
  /// How far it moves the sequence: SYN and FIN count like a byte.
  [[nodiscard]] std::uint32_t length() const {
    return static_cast<std::uint32_t>(payload.size()) + (has(Syn) ? 1 : 0) + (has(Fin) ? 1 : 0);
  }
};

struct ParsedTcp {
  egress::FlowTuple tuple;
  TcpSegment segment;
};

/// Nothing when a length, an option, a port or the combination of flags is wrong.
[[nodiscard]] std::optional<ParsedTcp> parseTcp(const Ipv4Packet& packet);

/// Where the payload of a frame to the guest stands when the segment has no options.
inline constexpr std::size_t kTcpPayload = kMessage + kTcpHeader;
/// Most options we send: MSS and window scale, padded.
inline constexpr std::size_t kMaxTcpOptions = 8;

/// Writes a segment from that peer into `frame`, whose payload of `payloadSize` bytes already stands at kTcpPayload (none with
/// options; segment.payload is not looked at). Returns the frame's length.
std::size_t writeTcpFrame(Space frame, const egress::FlowTuple& tuple, const TcpSegment& segment, std::size_t payloadSize = 0);

/// What answers a segment that belongs to no connection; a RST is not answered.
[[nodiscard]] std::optional<TcpSegment> resetFor(const TcpSegment& segment);

}  // namespace terrarium::netstack
