// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>

#include "backend/domain/idempotencykey.h"
#include "backend/domain/snapshotname.h"

namespace terrarium {

/// A snapshot request as it was typed or received, not yet judged. Field names are those of the wire contract.
struct SnapshotRequest {
  std::optional<std::string> kind;
  std::optional<std::string> name;
  std::optional<std::string> idempotencyKey;
  bool operator==(const SnapshotRequest&) const = default;
};

/// What is asked for when a snapshot is taken: always memory and disk together.
class SnapshotSpec {
 public:
  static constexpr const char* kKind = "mem+fs";

  [[nodiscard]] static Result<SnapshotSpec> parse(const SnapshotRequest& request);

  /// Nothing: it is called like the sandbox.
  [[nodiscard]] const std::optional<SnapshotName>& name() const { return name_; }
  [[nodiscard]] const std::optional<IdempotencyKey>& idempotencyKey() const { return key_; }
  [[nodiscard]] SnapshotRequest toRequest() const;

 private:
  SnapshotSpec() = default;
  std::optional<SnapshotName> name_;
  std::optional<IdempotencyKey> key_;
};

}  // namespace terrarium
