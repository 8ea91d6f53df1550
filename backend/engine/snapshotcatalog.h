// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <map>
#include <vector>

#include "backend/engine/ports/snapshotstore.h"

namespace terrarium {

/// Which named snapshots there are. Takes and removes no files. Engine thread.
class SnapshotCatalog : public QObject {
  Q_OBJECT
 public:
  explicit SnapshotCatalog(SnapshotStore& store) : store_(store) {}

  Pending<void> load();

  /// Newest first.
  [[nodiscard]] std::vector<SnapshotInfo> all() const;
  /// Valid until control returns to the event loop.
  [[nodiscard]] const SnapshotRecord* find(const SnapshotId& id) const;
  [[nodiscard]] const SnapshotRecord* findByKey(const SandboxId& sandbox, const std::string& idempotencyKey) const;
  [[nodiscard]] std::vector<std::string> ids() const;

  /// Is seen from now on, but not stored: a snapshot that is not complete does not outlive the engine.
  void begin(const SnapshotRecord& record);
  void abandon(const SnapshotId& id) { records_.erase(id); }
  /// Stores it. What could not be stored is not seen as changed.
  Pending<SnapshotInfo> keep(const SnapshotRecord& record);
  Pending<void> erase(const SnapshotId& id);

 private:
  SnapshotStore& store_;
  std::map<SnapshotId, SnapshotRecord> records_;
};

}  // namespace terrarium
