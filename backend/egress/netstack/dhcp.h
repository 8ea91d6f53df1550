// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "backend/egress/netstack/bytes.h"

namespace terrarium::netstack {

/// The frame that answers a DHCP message (the payload of UDP 68 -> 67), if it gets one: always the same address, for ever. Our own
/// images do not ask; foreign ones do.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> answerDhcp(Bytes message);

}  // namespace terrarium::netstack
