// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// An IPv4 address or CIDR: four decimal numbers without leading zeros, and a prefix of 0-32 with no bits set behind it.
class Ipv4Range {
 public:
  /// `1.2.3.4` is the range of that one address. Errors carry no field and begin lower-case, to be put behind the rule.
  [[nodiscard]] static Result<Ipv4Range> parse(std::string_view text);

  [[nodiscard]] std::uint32_t network() const { return network_; }
  [[nodiscard]] int prefixLength() const { return prefixLength_; }
  [[nodiscard]] bool contains(std::uint32_t address) const;
  auto operator<=>(const Ipv4Range&) const = default;

 private:
  Ipv4Range(std::uint32_t network, int prefixLength) : network_(network), prefixLength_(prefixLength) {}
  std::uint32_t network_;
  int prefixLength_;
};

/// Dotted-quad form of an address in host byte order.
[[nodiscard]] std::string ipv4Text(std::uint32_t address);

}  // namespace terrarium
