// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace terrarium::netstack {

// The network of every sandbox; equal for all of them and for ever, because snapshots remember it.

using Mac = std::array<std::uint8_t, 6>;

inline constexpr Mac kGuestMac{0x02, 0, 0, 0, 0, 0x0f};
inline constexpr Mac kGatewayMac{0x02, 0, 0, 0, 0, 0x01};
inline constexpr Mac kBroadcastMac{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

inline constexpr std::uint32_t kGuestAddress = 0x0a00020f;    ///< 10.0.2.15
inline constexpr std::uint32_t kGatewayAddress = 0x0a000202;  ///< 10.0.2.2, resolver as well
inline constexpr std::uint32_t kNetmask = 0xffffff00;
inline constexpr std::uint32_t kBroadcastAddress = 0xffffffff;
inline constexpr std::uint16_t kMtu = 9000;

inline constexpr std::size_t kEthernetHeader = 14;
inline constexpr std::size_t kIpv4Header = 20;
inline constexpr std::size_t kTcpHeader = 20;
inline constexpr std::size_t kUdpHeader = 8;
/// No guest can send more than an IPv4 packet; longer frames are cut by the kernel and dropped as wrong.
inline constexpr std::size_t kMaxFrame = kEthernetHeader + 65535;

inline constexpr std::uint16_t kArpType = 0x0806;
inline constexpr std::uint16_t kIpv4Type = 0x0800;
inline constexpr std::uint16_t kIpv6Type = 0x86dd;
inline constexpr std::uint16_t kVlanType = 0x8100;

inline constexpr std::uint8_t kIcmp = 1;
inline constexpr std::uint8_t kTcp = 6;
inline constexpr std::uint8_t kUdp = 17;

}  // namespace terrarium::netstack
