// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <tl/expected.hpp>

#include "backend/egress/netstack/bytes.h"
#include "backend/egress/netstack/drop.h"
#include "backend/egress/netstack/wiring.h"

namespace terrarium::netstack {

/// A frame as the guest sent it. Views into the frame.
struct EthernetFrame {
  bool toEverybody = false;
  std::uint16_t type = 0;
  Bytes payload;
};

/// An IPv4 packet of the guest, whole and without options. Checksums are not verified: the cable cannot corrupt.
struct Ipv4Packet {
  std::uint32_t source = 0;
  std::uint32_t destination = 0;
  std::uint8_t protocol = 0;
  Bytes payload;
};

[[nodiscard]] tl::expected<EthernetFrame, Drop> parseEthernet(Bytes frame);
/// Takes the source as it is; see Netstack for which ones may speak.
[[nodiscard]] tl::expected<Ipv4Packet, Drop> parseIpv4(Bytes packet);

/// Writes the Ethernet and IPv4 headers towards the guest before a message of `length` bytes, which stands at kMessage.
void writeHeaders(Space frame, std::uint32_t source, std::uint32_t destination, std::uint8_t protocol, std::size_t length);
void writeEthernetHeader(Space frame, std::uint16_t type);
/// An IPv4 header alone, for messages that quote one.
void writeIpv4Header(Space header, std::uint32_t source, std::uint32_t destination, std::uint8_t protocol, std::size_t length);
inline constexpr std::size_t kMessage = kEthernetHeader + kIpv4Header;

}  // namespace terrarium::netstack
