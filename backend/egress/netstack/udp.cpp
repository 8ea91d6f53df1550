// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/udp.h"

#include <array>

#include "backend/egress/netstack/checksum.h"
#include "backend/egress/netstack/icmp.h"

namespace terrarium::netstack {

std::optional<egress::Datagram> parseUdp(const Ipv4Packet& packet) {
  const auto bytes = packet.payload;
  if (packet.protocol != kUdp || bytes.size() < kUdpHeader) return std::nullopt;
  const std::size_t length = read16(bytes, 4);
  if (length < kUdpHeader || length > bytes.size()) return std::nullopt;
  const egress::FlowTuple tuple{read16(bytes, 0), {packet.destination, read16(bytes, 2)}};
  if (tuple.guestPort == 0 || tuple.peer.port == 0) return std::nullopt;
  const auto payload = bytes.subspan(kUdpHeader, length - kUdpHeader);
  return egress::Datagram{tuple, {reinterpret_cast<const char*>(payload.data()), payload.size()}};
}

std::optional<std::vector<std::uint8_t>> udpFrame(egress::Endpoint from, egress::Endpoint to, Bytes payload) {
  const auto length = kUdpHeader + payload.size();
  if (kIpv4Header + length > kMtu) return std::nullopt;
  std::vector<std::uint8_t> frame(kMessage + length);
  writeHeaders(frame, from.address, to.address, kUdp, length);
  const auto message = Space(frame).subspan(kMessage);
  write16(message, 0, from.port);
  write16(message, 2, to.port);
  write16(message, 4, static_cast<std::uint16_t>(length));
  copyBytes(message, kUdpHeader, payload);
  writeChecksum(message, 6, pseudoHeaderSum(from.address, to.address, kUdp, length));
  // Zero would say that there is no checksum.
  if (read16(message, 6) == 0) write16(message, 6, 0xffff);
  return frame;
}

std::optional<std::vector<std::uint8_t>> udpFrame(const egress::Datagram& datagram) {
  const Bytes payload(reinterpret_cast<const std::uint8_t*>(datagram.payload.data()), datagram.payload.size());
  return udpFrame(datagram.tuple.peer, {kGuestAddress, datagram.tuple.guestPort}, payload);
}

std::vector<std::uint8_t> udpRefusal(const egress::FlowTuple& tuple) {
  std::array<std::uint8_t, kUdpHeader> quoted{};
  write16(quoted, 0, tuple.guestPort);
  write16(quoted, 2, tuple.peer.port);
  write16(quoted, 4, kUdpHeader);
  return unreachable(Unreachable::Port, tuple.peer.address, kUdp, quoted);
}

}  // namespace terrarium::netstack
