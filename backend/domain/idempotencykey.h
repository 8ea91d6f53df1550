// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// With what a client marks a request that it may send again: 1-255 bytes of UTF-8 without control characters.
class IdempotencyKey {
 public:
  static constexpr std::size_t kMaxBytes = 255;

  [[nodiscard]] static Result<IdempotencyKey> parse(std::string_view text);

  [[nodiscard]] const std::string& value() const { return value_; }
  auto operator<=>(const IdempotencyKey&) const = default;

 private:
  explicit IdempotencyKey(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace terrarium
