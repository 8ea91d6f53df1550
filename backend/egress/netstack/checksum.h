// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "backend/egress/netstack/bytes.h"

namespace terrarium::netstack {

/// The sum of the Internet protocols (RFC 1071). Sums are in the machine's byte order and may be added up over parts of even
/// length.
[[nodiscard]] std::uint64_t sumOf(Bytes bytes);
/// What to write into the checksum field with std::memcpy, in memory order.
[[nodiscard]] std::uint16_t folded(std::uint64_t sum);
/// Fills in the checksum at `at` of a TCP, UDP or ICMP message whose field is zero now.
void writeChecksum(Space message, std::size_t at, std::uint64_t pseudoHeader = 0);
[[nodiscard]] std::uint64_t pseudoHeaderSum(std::uint32_t source, std::uint32_t destination, std::uint8_t protocol,
                                            std::size_t length);

}  // namespace terrarium::netstack
