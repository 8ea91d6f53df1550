// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstdint>

namespace terrarium::netstack {

using HashKey = std::array<std::uint64_t, 2>;

/// SipHash-2-4 of two words (as 16 bytes, little endian): a hash that nobody without the key can foretell.
[[nodiscard]] std::uint64_t sipHash(const HashKey& key, std::uint64_t first, std::uint64_t second);

}  // namespace terrarium::netstack
