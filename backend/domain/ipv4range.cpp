// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/ipv4range.h"

#include <optional>

namespace terrarium {

namespace {

/// Decimal without sign or leading zeros, because inet_aton and others read "010" as eight.
std::optional<unsigned> strictNumber(std::string_view digits, unsigned largest) {
  if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  unsigned value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > largest) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> strictAddress(std::string_view text) {
  std::uint32_t address = 0;
  for (int octet = 0; octet < 4; ++octet) {
    const auto dot = octet < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto number = strictNumber(text.substr(0, dot), 255);
    if (!number) return std::nullopt;
    address = (address << 8U) | *number;
    text.remove_prefix(octet < 3 ? dot + 1 : dot);
  }
  return address;
}

std::uint32_t maskOf(int prefixLength) { return prefixLength == 0 ? 0 : ~std::uint32_t{0} << (32 - prefixLength); }

}  // namespace

std::string ipv4Text(std::uint32_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += std::to_string((address >> static_cast<unsigned>(shift)) & 0xFFU);
    if (shift > 0) text += '.';
  }
  return text;
}

Result<Ipv4Range> Ipv4Range::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = strictAddress(text.substr(0, slash));
  if (!address) {
    return failure(badRequest({},
                              "is not an IPv4 address: four numbers from 0 to 255 without leading zeros are accepted, such as "
                              "203.0.113.7."));
  }
  if (slash == std::string_view::npos) return Ipv4Range(*address, 32);
  const auto prefix = strictNumber(text.substr(slash + 1), 32);
  if (!prefix) return failure(badRequest({}, "has an invalid prefix length: /0 to /32 are accepted."));
  const auto prefixLength = static_cast<int>(*prefix);
  const auto network = *address & maskOf(prefixLength);
  if (network != *address) {
    return failure(badRequest({}, "has bits set behind its prefix: did you mean " + ipv4Text(network) + "/" +
                                      std::to_string(prefixLength) + ", or the single address " + ipv4Text(*address) + "?"));
  }
  return Ipv4Range(network, prefixLength);
}

bool Ipv4Range::contains(std::uint32_t address) const { return (address & maskOf(prefixLength_)) == network_; }

}  // namespace terrarium
