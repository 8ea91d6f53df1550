// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/engine/engineconfig.h"
#include "backend/engine/lifecycle.h"
#include "backend/engine/ports/snapshotfiles.h"

namespace terrarium {

/// Looks at the free space while sandboxes run: memory and disk of a machine are files, and a machine whose files cannot grow is
/// lost. Pauses nothing itself. Engine thread.
class SpaceWatch : public QObject {
  Q_OBJECT
 public:
  SpaceWatch(const Lifecycle& lifecycle, const SnapshotFiles& snapshots, const EngineConfig& config);

 signals:
  /// Not again within the next seconds, so that a sandbox which cannot be paused runs on in between.
  void spaceRunsOut();

 private:
  void look();

  const Lifecycle& lifecycle_;
  const SnapshotFiles& snapshots_;
  const EngineConfig& config_;
  QTimer timer_;
};

}  // namespace terrarium
