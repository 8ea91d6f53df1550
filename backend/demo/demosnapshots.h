// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/events.h"
#include "backend/api/snapshots.h"
#include "backend/demo/demooptions.h"
#include "backend/demo/demosandboxes.h"

namespace terrarium {

/// The named snapshots of the demonstration engine; DemoSandboxes keeps them, because it creates sandboxes from them.
class DemoSnapshots final : public QObject, public Snapshots {
  Q_OBJECT
 public:
  DemoSnapshots(const DemoOptions& options, const Clock& clock, Events& events, DemoSandboxes& sandboxes)
      : options_(options), clock_(clock), events_(events), sandboxes_(sandboxes) {}

  Pending<TakenSnapshot> take(const SandboxId& sandbox, const SnapshotSpec& spec) override;
  Pending<std::vector<SnapshotInfo>> list(const std::optional<SandboxId>& sandbox) override;
  Pending<SnapshotInfo> get(const SnapshotId& id) override;
  Pending<SnapshotInfo> rename(const SnapshotId& id, const SnapshotName& name) override;
  Pending<void> remove(const SnapshotId& id) override;

 private:
  void announce(const SnapshotInfo& info, const OperationId& operation, bool finished);

  DemoOptions options_;
  const Clock& clock_;
  Events& events_;
  DemoSandboxes& sandboxes_;
  std::map<std::pair<SandboxId, std::string>, SnapshotId> keys_;
};

}  // namespace terrarium
