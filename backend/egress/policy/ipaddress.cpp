// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/ipaddress.h"

#include <arpa/inet.h>

#include "backend/domain/ipv4range.h"

namespace terrarium::egress {

IpAddress IpAddress::v4(std::uint32_t address) {
  Bytes bytes{};
  for (std::size_t i = 0; i < 4; ++i) bytes[15 - i] = static_cast<std::uint8_t>(address >> (8 * i));
  return IpAddress(bytes, true);
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  Bytes bytes{};
  if (::inet_pton(AF_INET, copy.c_str(), bytes.data() + 12) == 1) return IpAddress(bytes, true);
  if (::inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return IpAddress(bytes, false);
  return std::nullopt;
}

std::uint32_t IpAddress::v4At(std::size_t offset) const {
  std::uint32_t address = 0;
  for (std::size_t i = 0; i < 4; ++i) address = address << 8 | bytes_[offset + i];
  return address;
}

std::string IpAddress::text() const {
  if (isV4_) return ipv4Text(v4());
  char text[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET6, bytes_.data(), text, sizeof text);
  return text;
}

}  // namespace terrarium::egress
