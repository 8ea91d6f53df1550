// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace terrarium::netstack {

using Bytes = std::span<const std::uint8_t>;
using Space = std::span<std::uint8_t>;

// Numbers in network byte order, at any alignment. The caller has checked the length.

[[nodiscard]] inline std::uint16_t read16(Bytes bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

[[nodiscard]] inline std::uint32_t read32(Bytes bytes, std::size_t at) {
  return std::uint32_t{read16(bytes, at)} << 16 | read16(bytes, at + 2);
}

inline void write16(Space bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}

inline void write32(Space bytes, std::size_t at, std::uint32_t value) {
  write16(bytes, at, static_cast<std::uint16_t>(value >> 16));
  write16(bytes, at + 2, static_cast<std::uint16_t>(value));
}

inline void copyBytes(Space to, std::size_t at, Bytes from) {
  if (!from.empty()) std::memcpy(to.subspan(at, from.size()).data(), from.data(), from.size());
}

}  // namespace terrarium::netstack
