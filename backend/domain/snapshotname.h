// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "backend/domain/sandboxname.h"
#include "backend/support/result.h"

namespace terrarium {

/// What a person calls a snapshot; the same rule as for sandboxes. Names need not be unique.
class SnapshotName {
 public:
  [[nodiscard]] static Result<SnapshotName> parse(std::string_view text);
  /// What a snapshot is called that nobody named.
  [[nodiscard]] static SnapshotName of(const SandboxName& sandbox) { return SnapshotName(sandbox.value()); }

  [[nodiscard]] const std::string& value() const { return value_; }
  auto operator<=>(const SnapshotName&) const = default;

 private:
  explicit SnapshotName(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace terrarium
