// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/sandboxid.h"

#include <array>
#include <cstdint>
#include <random>

namespace terrarium {

namespace {

constexpr std::size_t kUuidLength = 36;
constexpr const char* kHexDigits = "0123456789abcdef";

bool isHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// `sb-<region>-` with a region of lower-case letters and digits.
bool isPublicPrefix(std::string_view prefix) {
  if (prefix.size() < 5 || prefix.substr(0, 3) != "sb-" || prefix.back() != '-') return false;
  for (const char c : prefix.substr(3, prefix.size() - 4)) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
  }
  return true;
}

}  // namespace

bool isUuid(std::string_view text) {
  if (text.size() != kUuidLength) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !isHexDigit(text[i])) return false;
  }
  return true;
}

std::string randomUuid() {
  std::random_device device;
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    const std::uint32_t word = device();
    for (std::size_t k = 0; k < 4; ++k) bytes.at(i + k) = static_cast<std::uint8_t>(word >> (8 * k));
  }
  // RFC 9562: version 4, variant 10.
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  std::string text;
  text.reserve(kUuidLength);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kHexDigits[bytes.at(i) >> 4U];
    text += kHexDigits[bytes.at(i) & 0x0FU];
  }
  return text;
}

Result<SandboxId> SandboxId::parse(std::string_view text) {
  const auto tail = text.size() > kUuidLength ? text.substr(text.size() - kUuidLength) : text;
  const auto prefix = text.substr(0, text.size() - tail.size());
  if (!isUuid(tail) || (!prefix.empty() && !isPublicPrefix(prefix))) {
    return failure(badRequest("id",
                              "id is not a sandbox id: accepted is a UUID such as 0b8f0c0e-5a3c-4f0e-9d2c-6f4d1c2b3a49, or "
                              "the same with sb-<region>- before it."));
  }
  std::string value(tail);
  for (char& c : value) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return SandboxId(std::move(value));
}

SandboxId SandboxId::random() { return SandboxId(randomUuid()); }

}  // namespace terrarium
