// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/netstack/packet.h"

namespace terrarium::netstack {

/// Ports 0 are as wrong as a length that does not fit. The payload points into the packet.
[[nodiscard]] std::optional<egress::Datagram> parseUdp(const Ipv4Packet& packet);
/// The frame that brings a datagram to the guest; nothing when it is too long for the guest's card.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> udpFrame(const egress::Datagram& datagram);
/// The same with addresses of its own, for DHCP. Payloads that are too long are refused as above.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> udpFrame(egress::Endpoint from, egress::Endpoint to, Bytes payload);
/// "Port unreachable" for what the guest sent to that peer.
[[nodiscard]] std::vector<std::uint8_t> udpRefusal(const egress::FlowTuple& tuple);

}  // namespace terrarium::netstack
