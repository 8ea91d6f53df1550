// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// What a person calls a sandbox: 1-64 Unicode code points, no control characters. Names need not be unique.
class SandboxName {
 public:
  static constexpr std::size_t kMaxCodePoints = 64;

  [[nodiscard]] static Result<SandboxName> parse(std::string_view text);

  [[nodiscard]] const std::string& value() const { return value_; }
  auto operator<=>(const SandboxName&) const = default;

 private:
  explicit SandboxName(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace terrarium
