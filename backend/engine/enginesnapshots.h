// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/snapshots.h"
#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operationrunner.h"

namespace terrarium {

/// The Snapshots facade: judges whether something may be asked for now and starts the operation that does it. Engine thread.
class EngineSnapshots : public QObject, public Snapshots {
  Q_OBJECT
 public:
  EngineSnapshots(EngineParts& parts, OperationRunner& runner) : parts_(parts), runner_(runner) {}

  Pending<TakenSnapshot> take(const SandboxId& sandbox, const SnapshotSpec& spec) override;
  Pending<std::vector<SnapshotInfo>> list(const std::optional<SandboxId>& sandbox) override;
  Pending<SnapshotInfo> get(const SnapshotId& id) override;
  Pending<SnapshotInfo> rename(const SnapshotId& id, const SnapshotName& name) override;
  Pending<void> remove(const SnapshotId& id) override;

  /// For the engine's stop: nothing new is taken from now on.
  void close() { closed_ = true; }

 private:
  /// One that is complete.
  [[nodiscard]] Result<SnapshotRecord> known(const SnapshotId& id) const;

  EngineParts& parts_;
  OperationRunner& runner_;
  bool closed_ = false;
};

}  // namespace terrarium
