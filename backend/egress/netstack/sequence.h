// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>

namespace terrarium::netstack {

/// A TCP sequence number; only distances between two of them mean something, and they wrap around at 2^32.
using Sequence = std::uint32_t;

[[nodiscard]] constexpr std::int32_t distance(Sequence from, Sequence to) { return static_cast<std::int32_t>(to - from); }
[[nodiscard]] constexpr bool isBefore(Sequence a, Sequence b) { return distance(a, b) > 0; }

struct SequenceOrder {
  bool operator()(Sequence a, Sequence b) const { return isBefore(a, b); }
};

/// Always handed in, so that tests can turn it by hand.
using Time = std::chrono::steady_clock::time_point;
inline constexpr Time kNever = Time::max();

}  // namespace terrarium::netstack
