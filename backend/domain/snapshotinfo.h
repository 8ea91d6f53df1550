// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/domain/machinesize.h"
#include "backend/domain/sandboxid.h"
#include "backend/domain/snapshotid.h"
#include "backend/domain/snapshotname.h"
#include "backend/support/clock.h"

namespace terrarium {

enum class SnapshotStatus { Creating, Ready, Failed, Deleting };

/// creating, ready, failed, deleting.
[[nodiscard]] std::string_view snapshotStatusName(SnapshotStatus status);
[[nodiscard]] std::optional<SnapshotStatus> snapshotStatusFromName(std::string_view name);

/// A named snapshot: a saved copy of a sandbox's memory and disk that outlives the sandbox.
struct SnapshotInfo {
  SnapshotId id;
  SandboxId sandboxId;  ///< of which it was taken; may be deleted meanwhile
  SnapshotName name;
  SnapshotStatus status = SnapshotStatus::Ready;
  std::string sandboxName = {};
  std::string templateId = {};
  std::string templateName = {};
  MachineSize size = MachineSize::standard();
  std::int64_t sizeBytes = 0;  ///< on disk, without what it shares with others
  WallTime createdAt = {};
  std::optional<WallTime> readyAt = {};

  bool operator==(const SnapshotInfo&) const = default;
};

}  // namespace terrarium
