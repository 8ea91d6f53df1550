// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "backend/egress/policy/ipaddress.h"

namespace terrarium::egress {

/// Puts the fields of a control message together.
class PacketWriter {
 public:
  template <class T>
  void number(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
  }
  void text(std::string_view text, std::size_t longest) {
    text = text.substr(0, longest);
    number(static_cast<std::uint16_t>(text.size()));
    out_ += text;
  }
  void address(const IpAddress& address) {
    number(static_cast<std::uint8_t>(address.isV4() ? 4 : 6));
    if (address.isV4()) return number(address.v4());
    for (const auto byte : address.bytes()) number(byte);
  }
  void append(std::string_view fields) { out_ += fields; }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Takes fields from the front; whoever asks for more than there is gets zeros and a reader that has failed.
class PacketReader {
 public:
  explicit PacketReader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  [[nodiscard]] T number() {
    std::uint64_t value = 0;
    const auto field = take(sizeof(T));
    for (std::size_t i = 0; i < field.size(); ++i) value |= std::uint64_t{static_cast<unsigned char>(field[i])} << (8 * i);
    return static_cast<T>(value);
  }
  [[nodiscard]] std::string text(std::size_t longest) {
    const std::size_t length = number<std::uint16_t>();
    if (length > longest) fail();
    return std::string(take(length));
  }
  [[nodiscard]] IpAddress address() {
    const auto family = number<std::uint8_t>();
    if (family == 4) return IpAddress::v4(number<std::uint32_t>());
    if (family != 6) fail();
    IpAddress::Bytes bytes{};
    for (auto& byte : bytes) byte = number<std::uint8_t>();
    return IpAddress::v6(bytes);
  }
  /// How many elements follow; each has at least a byte.
  [[nodiscard]] std::size_t count(std::size_t most) {
    const std::size_t count = number<std::uint16_t>();
    if (count <= most && count <= rest_.size()) return count;
    fail();
    return 0;
  }
  void fail() {
    failed_ = true;
    rest_ = {};
  }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool isWhole() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t count) {
    if (count > rest_.size()) fail();
    const auto taken = rest_.substr(0, std::min(count, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace terrarium::egress
