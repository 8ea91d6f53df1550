// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/snapshots.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// Named snapshots over the control plane. Owned by HttpFacade.
class HttpSnapshots : public QObject, public Snapshots {
  Q_OBJECT
 public:
  explicit HttpSnapshots(HttpCalls& calls) : calls_(calls) {}

  Pending<TakenSnapshot> take(const SandboxId& sandbox, const SnapshotSpec& spec) override;
  Pending<std::vector<SnapshotInfo>> list(const std::optional<SandboxId>& sandbox) override;
  Pending<SnapshotInfo> get(const SnapshotId& id) override;
  Pending<SnapshotInfo> rename(const SnapshotId& id, const SnapshotName& name) override;
  Pending<void> remove(const SnapshotId& id) override;

 private:
  Pending<SnapshotInfo> snapshotAnswer(const HttpQuestion& question);
  void awaitReady(const SnapshotId& id, const Resolver<TakenSnapshot>& resolver, int attemptsLeft);

  HttpCalls& calls_;
};

}  // namespace terrarium
