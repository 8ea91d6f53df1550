// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace terrarium::netstack {

/// Why a frame of the guest went no further.
enum class Drop : std::uint8_t {
  TooShort,
  WrongLength,
  WrongSource,  ///< a MAC or IP address that is not the guest's
  WrongTarget,  ///< a MAC that is not the gateway's, an address that nobody can have
  Vlan,
  Ipv6,
  OtherType,
  Fragment,
  IpOptions,
  Multicast,  ///< broadcast as well
  BadSegment,
  BadDatagram,
  Count,
};

/// How many frames were dropped, by reason.
class DropCounts {
 public:
  void count(Drop reason) { ++counts_[static_cast<std::size_t>(reason)]; }
  [[nodiscard]] std::uint64_t of(Drop reason) const { return counts_[static_cast<std::size_t>(reason)]; }

 private:
  std::array<std::uint64_t, static_cast<std::size_t>(Drop::Count)> counts_{};
};

}  // namespace terrarium::netstack
