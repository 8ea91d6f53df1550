// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/utf8.h"

namespace terrarium {

namespace {

struct Decoded {
  char32_t codePoint = 0;
  std::size_t length = 0;  // 0: malformed
};

/// The lengths and first-continuation ranges of table 3-7 of the Unicode standard, as smallest values per length.
Decoded decodeOne(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes.front());
  if (lead < 0x80) return {lead, 1};
  std::size_t length = 0;
  char32_t smallest = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2, smallest = 0x80;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3, smallest = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4, smallest = 0x10000;
  }
  if (length == 0 || bytes.size() < length) return {};
  char32_t codePoint = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if ((byte & 0xC0U) != 0x80U) return {};
    codePoint = (codePoint << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
  if (codePoint < smallest || codePoint > 0x10FFFF || surrogate) return {};
  return {codePoint, length};
}

}  // namespace

std::optional<std::size_t> codePointCount(std::string_view bytes) {
  std::size_t count = 0;
  while (!bytes.empty()) {
    const auto decoded = decodeOne(bytes);
    if (decoded.length == 0) return std::nullopt;
    bytes.remove_prefix(decoded.length);
    ++count;
  }
  return count;
}

bool hasControlCharacter(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto decoded = decodeOne(bytes);
    if (decoded.length == 0) return false;
    if (decoded.codePoint < 0x20 || (decoded.codePoint >= 0x7F && decoded.codePoint <= 0x9F)) return true;
    bytes.remove_prefix(decoded.length);
  }
  return false;
}

}  // namespace terrarium
