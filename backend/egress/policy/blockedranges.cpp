// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/blockedranges.h"

#include <cstring>
#include <string_view>

namespace terrarium::egress {

namespace {

struct Range {
  IpAddress::Bytes network;
  int prefix;
  const char* reason;
};

constexpr IpAddress::Bytes four(unsigned a, unsigned b = 0, unsigned c = 0, unsigned d = 0) {
  IpAddress::Bytes bytes{};
  bytes[12] = static_cast<std::uint8_t>(a);
  bytes[13] = static_cast<std::uint8_t>(b);
  bytes[14] = static_cast<std::uint8_t>(c);
  bytes[15] = static_cast<std::uint8_t>(d);
  return bytes;
}

constexpr IpAddress::Bytes six(unsigned a, unsigned b = 0, unsigned c = 0, unsigned last = 0) {
  IpAddress::Bytes bytes{};
  const unsigned groups[] = {a, b, c};
  for (std::size_t i = 0; i < 3; ++i) {
    bytes[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    bytes[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xff);
  }
  bytes[14] = static_cast<std::uint8_t>(last >> 8);
  bytes[15] = static_cast<std::uint8_t>(last & 0xff);
  return bytes;
}

constexpr const char* kPrivate = "is private";
constexpr const char* kLocal = "is this computer itself";
constexpr const char* kLink = "is link-local";
constexpr const char* kReserved = "is reserved";
constexpr const char* kMulticast = "is multicast";
constexpr const char* kPlatform = "is a service of cloud platforms";

// Prefix lengths count from the beginning of the IPv4 address.
constexpr Range kV4[] = {
    {four(0), 8, kLocal},
    {four(10), 8, kPrivate},
    {four(100, 100, 100, 200), 32, kPlatform},
    {four(100, 64), 10, "is shared by a provider's customers"},
    {four(127), 8, kLocal},
    {four(169, 254, 169, 254), 32, kPlatform},
    {four(169, 254), 16, kLink},
    {four(172, 16), 12, kPrivate},
    {four(192), 24, kReserved},
    {four(192, 88, 99), 24, kReserved},
    {four(192, 168), 16, kPrivate},
    {four(198, 18), 15, kReserved},
    {four(224), 4, kMulticast},
    {four(240), 4, kReserved},
    {four(168, 63, 129, 16), 32, kPlatform},
};

constexpr Range kV6[] = {
    {six(0, 0, 0, 1), 128, kLocal},
    {six(0), 96, kReserved},
    {six(0x0064, 0xff9b, 1), 48, "is a private translation prefix"},
    {six(0xfd00, 0x0ec2, 0, 0x254), 128, kPlatform},
    {six(0xfd20, 0x00ce, 0, 0x254), 128, kPlatform},
    {six(0xfc00), 7, kPrivate},
    {six(0xfe80), 10, kLink},
    {six(0xfec0), 10, kPrivate},
    {six(0xff00), 8, kMulticast},
    {six(0x2001, 0x0db8), 32, kReserved},
};

bool isWithin(const IpAddress::Bytes& bytes, std::size_t from, const IpAddress::Bytes& network, int prefix) {
  const auto whole = static_cast<std::size_t>(prefix) / 8;
  if (std::memcmp(bytes.data() + from, network.data() + from, whole) != 0) return false;
  const int rest = prefix % 8;
  if (rest == 0) return true;
  return ((bytes[from + whole] ^ network[from + whole]) >> (8 - rest)) == 0;
}

template <std::size_t N>
const char* reasonIn(const Range (&ranges)[N], const IpAddress& address, std::size_t from) {
  for (const auto& range : ranges) {
    if (isWithin(address.bytes(), from, range.network, range.prefix)) return range.reason;
  }
  return nullptr;
}

/// The IPv4 addresses that an IPv6 address leads to.
std::vector<IpAddress> addressesInside(const IpAddress& address) {
  const auto& bytes = address.bytes();
  auto mapped = six(0);
  mapped[10] = mapped[11] = 0xff;
  if (isWithin(bytes, 0, mapped, 96)) return {IpAddress::v4(address.v4())};
  if (isWithin(bytes, 0, six(0x0064, 0xff9b), 96)) return {IpAddress::v4(address.v4())};
  if (isWithin(bytes, 0, six(0x2002), 16)) return {IpAddress::v4(address.v4At(2))};
  // Teredo: the server, and the client with all bits turned.
  if (isWithin(bytes, 0, six(0x2001), 32)) return {IpAddress::v4(address.v4At(4)), IpAddress::v4(~address.v4())};
  return {};
}

}  // namespace

void BlockedRanges::setHostAddresses(const std::vector<IpAddress>& addresses) { host_ = {addresses.begin(), addresses.end()}; }

std::optional<std::string> BlockedRanges::reason(const IpAddress& address) const {
  if (const char* found = address.isV4() ? reasonIn(kV4, address, 12) : reasonIn(kV6, address, 0)) return found;
  if (host_.count(address) > 0) return "is an address of this computer";
  return address.isV4() ? std::nullopt : embedded(address);
}

std::optional<std::string> BlockedRanges::embedded(const IpAddress& address) const {
  for (const auto& inside : addressesInside(address)) {
    if (const auto why = reason(inside)) return "stands for " + inside.text() + ", which " + *why;
  }
  return std::nullopt;
}

}  // namespace terrarium::egress
