// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/netstack/packet.h"

namespace terrarium::netstack {

/// The frame that answers an echo request to the gateway; nothing for any other message.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> answerEcho(const Ipv4Packet& packet);

enum class Unreachable : std::uint8_t { Host = 1, Port = 3 };

/// Tells the guest that a packet of that protocol did not arrive. `transport` is the first eight bytes behind its IP header.
[[nodiscard]] std::vector<std::uint8_t> unreachable(Unreachable what, std::uint32_t peer, std::uint8_t protocol, Bytes transport);

}  // namespace terrarium::netstack
