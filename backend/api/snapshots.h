// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/sandboxid.h"
#include "backend/domain/snapshotinfo.h"
#include "backend/domain/snapshotspec.h"

namespace terrarium {

struct TakenSnapshot {
  SnapshotInfo info;
  bool isRepeated = false;  ///< the idempotency key was known: nothing new was taken
};

/// Named snapshots. They outlive their sandbox and are never changed by it; `from_snapshot` of a create starts from one. Errors:
/// NotFound, Conflict when the state does not allow it, SnapshotInProgress, Gone when the machine was lost, StorageFull.
class Snapshots {
 public:
  virtual ~Snapshots() = default;

  /// Resolves when the snapshot is durable. A running sandbox stands still for the save and goes on; a paused one stays paused.
  virtual Pending<TakenSnapshot> take(const SandboxId& sandbox, const SnapshotSpec& spec) = 0;
  /// Newest first; of one sandbox (also of one that was deleted since), or all. NotFound when neither sandbox nor snapshot is
  /// there.
  virtual Pending<std::vector<SnapshotInfo>> list(const std::optional<SandboxId>& sandbox) = 0;
  virtual Pending<SnapshotInfo> get(const SnapshotId& id) = 0;
  virtual Pending<SnapshotInfo> rename(const SnapshotId& id, const SnapshotName& name) = 0;
  /// Sandboxes that were made from it are not touched; what is being made from it is made to its end.
  virtual Pending<void> remove(const SnapshotId& id) = 0;
};

}  // namespace terrarium
