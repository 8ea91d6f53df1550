// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// The identity of a snapshot: a bare UUID in lower case.
class SnapshotId {
 public:
  /// `field` is what an error names: "id", "from_snapshot".
  [[nodiscard]] static Result<SnapshotId> parse(std::string_view text, std::string_view field = "id");
  [[nodiscard]] static SnapshotId random();

  [[nodiscard]] const std::string& value() const { return value_; }
  auto operator<=>(const SnapshotId&) const = default;

 private:
  explicit SnapshotId(std::string value) : value_(std::move(value)) {}
  std::string value_;
};

}  // namespace terrarium
