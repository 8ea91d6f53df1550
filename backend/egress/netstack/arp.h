// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "backend/egress/netstack/bytes.h"

namespace terrarium::netstack {

/// The frame that answers an ARP question of the guest, if it gets one: every address but its own is the gateway.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> answerArp(Bytes question);

}  // namespace terrarium::netstack
