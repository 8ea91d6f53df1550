// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/icmp.h"

#include <algorithm>

#include "backend/egress/netstack/checksum.h"

namespace terrarium::netstack {

namespace {

constexpr std::size_t kHeader = 8;
constexpr std::uint8_t kEchoReply = 0;
constexpr std::uint8_t kDestinationUnreachable = 3;
constexpr std::uint8_t kEchoRequest = 8;

}  // namespace

std::optional<std::vector<std::uint8_t>> answerEcho(const Ipv4Packet& packet) {
  const auto request = packet.payload;
  if (packet.protocol != kIcmp || packet.destination != kGatewayAddress || request.size() < kHeader) return std::nullopt;
  if (request[0] != kEchoRequest || request[1] != 0) return std::nullopt;
  std::vector<std::uint8_t> frame(kMessage + request.size());
  writeHeaders(frame, kGatewayAddress, kGuestAddress, kIcmp, request.size());
  const auto reply = Space(frame).subspan(kMessage);
  copyBytes(reply, 0, request);
  reply[0] = kEchoReply;
  write16(reply, 2, 0);
  writeChecksum(reply, 2);
  return frame;
}

std::vector<std::uint8_t> unreachable(Unreachable what, std::uint32_t peer, std::uint8_t protocol, Bytes transport) {
  const std::size_t length = kHeader + kIpv4Header + transport.size();
  std::vector<std::uint8_t> frame(kMessage + length);
  // A host that cannot be reached is reported by the gateway, a closed port by the host.
  writeHeaders(frame, what == Unreachable::Port ? peer : kGatewayAddress, kGuestAddress, kIcmp, length);
  const auto message = Space(frame).subspan(kMessage);
  message[0] = kDestinationUnreachable;
  message[1] = static_cast<std::uint8_t>(what);
  writeIpv4Header(message.subspan(kHeader), kGuestAddress, peer, protocol, transport.size());
  copyBytes(message, kHeader + kIpv4Header, transport);
  writeChecksum(message, 2);
  return frame;
}

}  // namespace terrarium::netstack
