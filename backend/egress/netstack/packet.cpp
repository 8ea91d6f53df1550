// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/packet.h"

#include <algorithm>

#include "backend/egress/netstack/checksum.h"

namespace terrarium::netstack {

namespace {

constexpr std::uint16_t kMoreFragmentsOrOffset = 0x3fff;
constexpr std::uint16_t kDontFragment = 0x4000;
constexpr std::uint8_t kTimeToLive = 64;

bool isMac(Bytes bytes, const Mac& mac) { return std::equal(mac.begin(), mac.end(), bytes.begin(), bytes.end()); }

}  // namespace

tl::expected<EthernetFrame, Drop> parseEthernet(Bytes frame) {
  if (frame.size() < kEthernetHeader) return tl::unexpected(Drop::TooShort);
  if (frame.size() > kMaxFrame) return tl::unexpected(Drop::WrongLength);
  if (!isMac(frame.subspan(6, 6), kGuestMac)) return tl::unexpected(Drop::WrongSource);
  const auto to = frame.first(6);
  const bool multicast = (to[0] & 1) != 0;
  if (!multicast && !isMac(to, kGatewayMac)) return tl::unexpected(Drop::WrongTarget);
  const auto type = read16(frame, 12);
  if (type == kVlanType) return tl::unexpected(Drop::Vlan);
  if (type == kIpv6Type) return tl::unexpected(Drop::Ipv6);
  if (multicast && !isMac(to, kBroadcastMac)) return tl::unexpected(Drop::Multicast);
  if (type != kArpType && type != kIpv4Type) return tl::unexpected(Drop::OtherType);
  return EthernetFrame{multicast, type, frame.subspan(kEthernetHeader)};
}

tl::expected<Ipv4Packet, Drop> parseIpv4(Bytes packet) {
  if (packet.size() < kIpv4Header) return tl::unexpected(Drop::TooShort);
  if (packet[0] >> 4 != 4 || (packet[0] & 0xf) < 5) return tl::unexpected(Drop::WrongLength);
  if ((packet[0] & 0xf) > 5) return tl::unexpected(Drop::IpOptions);
  // Short frames are padded, so what follows the packet is nothing.
  const std::size_t length = read16(packet, 2);
  if (length < kIpv4Header || length > packet.size()) return tl::unexpected(Drop::WrongLength);
  if ((read16(packet, 6) & kMoreFragmentsOrOffset) != 0) return tl::unexpected(Drop::Fragment);
  return Ipv4Packet{read32(packet, 12), read32(packet, 16), packet[9], packet.subspan(kIpv4Header, length - kIpv4Header)};
}

void writeEthernetHeader(Space frame, std::uint16_t type) {
  copyBytes(frame, 0, kGuestMac);
  copyBytes(frame, 6, kGatewayMac);
  write16(frame, 12, type);
}

void writeIpv4Header(Space header, std::uint32_t source, std::uint32_t destination, std::uint8_t protocol, std::size_t length) {
  std::fill_n(header.begin(), kIpv4Header, std::uint8_t{0});
  header[0] = 0x45;
  write16(header, 2, static_cast<std::uint16_t>(kIpv4Header + length));
  write16(header, 6, kDontFragment);
  header[8] = kTimeToLive;
  header[9] = protocol;
  write32(header, 12, source);
  write32(header, 16, destination);
  writeChecksum(header.first(kIpv4Header), 10);
}

void writeHeaders(Space frame, std::uint32_t source, std::uint32_t destination, std::uint8_t protocol, std::size_t length) {
  writeEthernetHeader(frame, kIpv4Type);
  writeIpv4Header(frame.subspan(kEthernetHeader), source, destination, protocol, length);
}

}  // namespace terrarium::netstack
