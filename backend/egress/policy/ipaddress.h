// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrarium::egress {

/// An IPv4 or IPv6 address. Guests have IPv4 only; IPv6 comes from resolvers and from this computer's own addresses.
class IpAddress {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  /// In host byte order.
  [[nodiscard]] static IpAddress v4(std::uint32_t address);
  [[nodiscard]] static IpAddress v6(const Bytes& bytes) { return IpAddress(bytes, false); }
  /// The strict spellings of inet_pton only.
  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] bool isV4() const { return isV4_; }
  /// In host byte order; of an IPv6 address the last four bytes.
  [[nodiscard]] std::uint32_t v4() const { return v4At(12); }
  [[nodiscard]] std::uint32_t v4At(std::size_t offset) const;
  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] std::string text() const;
  auto operator<=>(const IpAddress&) const = default;

 private:
  IpAddress(const Bytes& bytes, bool isV4) : bytes_(bytes), isV4_(isV4) {}
  Bytes bytes_;
  bool isV4_;
};

}  // namespace terrarium::egress
