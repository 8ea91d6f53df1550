// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <functional>

#include "backend/engine/ports/snapshotfiles.h"
#include "backend/qemu/layerstore.h"
#include "backend/qemu/snapshotset.h"
#include "backend/support/rollback.h"

namespace terrarium {

/// Makes a snapshot of a machine that stands still. Files get a second name in the new set first and lose the old one last, so that
/// at every moment the working files or the snapshot are whole. Used once, in a worker thread.
class SnapshotCommit {
 public:
  SnapshotCommit(QString snapshots, LayerStore layers, WorkingFiles files, QString stateFile, SnapshotManifest manifest,
                 SnapshotFiles::Take take);

  [[nodiscard]] Result<SnapshotManifest> run();

 private:
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> takeState();
  [[nodiscard]] Result<void> takeRam();
  [[nodiscard]] Result<void> takeOverlay();
  [[nodiscard]] Result<void> syncAll();
  [[nodiscard]] Result<void> sealAll();
  [[nodiscard]] Result<void> writeManifest();
  [[nodiscard]] Result<void> publish();
  void releaseWorkingFiles();
  [[nodiscard]] Result<void> take(const QString& from, const QString& to) const;

  QString snapshots_;
  LayerStore layers_;
  WorkingFiles files_;
  QString stateFile_;
  SnapshotManifest manifest_;
  SnapshotFiles::Take take_;
  SnapshotSet unfinished_;
  SnapshotSet final_;
  QString layer_;
  Rollback rollback_;
};

}  // namespace terrarium
