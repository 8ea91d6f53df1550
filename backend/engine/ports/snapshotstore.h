// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/snapshotinfo.h"
#include "backend/engine/ports/sandboxstore.h"

namespace terrarium {

/// A named snapshot as the store keeps it. Its files are the set of the same id.
struct SnapshotRecord {
  SnapshotInfo info;
  std::string idempotencyKey = {};
  GuestDefaults defaults = {};  ///< with the sandbox's own environment on top
};

/// Keeps named snapshots. Writes are done in the order of the calls, off the engine's thread, and survive a power cut.
class SnapshotStore {
 public:
  virtual ~SnapshotStore() = default;
  virtual Pending<std::vector<SnapshotRecord>> load() = 0;
  virtual Pending<void> save(const SnapshotRecord& record) = 0;
  virtual Pending<void> erase(const SnapshotId& id) = 0;
};

}  // namespace terrarium
