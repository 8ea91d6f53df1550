// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// The identity of a sandbox: a UUID in lower case. parse() also takes the form `sb-<region>-<uuid>` and keeps the UUID.
class SandboxId {
 public:
  [[nodiscard]] static Result<SandboxId> parse(std::string_view text);
  /// A random (version 4) identity.
  [[nodiscard]] static SandboxId random();

  [[nodiscard]] const std::string& value() const { return value_; }
  auto operator<=>(const SandboxId&) const = default;

 private:
  explicit SandboxId(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

/// True for a bare UUID (8-4-4-4-12 hexadecimal digits).
[[nodiscard]] bool isUuid(std::string_view text);
/// A random (version 4) UUID in lower case.
[[nodiscard]] std::string randomUuid();

}  // namespace terrarium
