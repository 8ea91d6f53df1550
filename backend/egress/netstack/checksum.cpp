// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/checksum.h"

#include <array>

namespace terrarium::netstack {

std::uint64_t sumOf(Bytes bytes) {
  std::uint64_t sum = 0;
  const auto* at = bytes.data();
  auto left = bytes.size();
  for (; left >= 4; at += 4, left -= 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    sum += word;
  }
  std::uint32_t last = 0;
  if (left > 0) std::memcpy(&last, at, left);
  return sum + last;
}

std::uint16_t folded(std::uint64_t sum) {
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

void writeChecksum(Space message, std::size_t at, std::uint64_t pseudoHeader) {
  const auto sum = folded(pseudoHeader + sumOf(message));
  std::memcpy(message.subspan(at, sizeof(sum)).data(), &sum, sizeof(sum));
}

std::uint64_t pseudoHeaderSum(std::uint32_t source, std::uint32_t destination, std::uint8_t protocol, std::size_t length) {
  std::array<std::uint8_t, 12> header{};
  write32(header, 0, source);
  write32(header, 4, destination);
  header[9] = protocol;
  write16(header, 10, static_cast<std::uint16_t>(length));
  return sumOf(header);
}

}  // namespace terrarium::netstack
