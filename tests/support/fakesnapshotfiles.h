// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <set>

#include "backend/engine/ports/snapshotfiles.h"
#include "tests/support/callscript.h"

namespace terrarium {

/// Snapshots in memory. Calls: "snapshots." and the name of the method.
class FakeSnapshotFiles : public SnapshotFiles {
 public:
  explicit FakeSnapshotFiles(CallScript& script) : script_(script) {}

  Pending<std::string> addBaseLayer(const QString& image, const std::string& contentHash) override;
  Pending<WorkingFiles> prepareBoot(const std::string& baseLayer, const MachineSize& size, const QString& workDirectory) override;
  Pending<WorkingFiles> checkOut(const std::string& snapshotId, const QString& workDirectory) override;
  Pending<SnapshotManifest> commit(const WorkingFiles& files, const QString& stateFile, const SnapshotManifest& manifest,
                                   Take take) override;
  Pending<SnapshotManifest> read(const std::string& snapshotId) override;
  Pending<SnapshotManifest> duplicate(const std::string& snapshotId, const std::string& newId) override;
  Pending<void> remove(const std::string& snapshotId) override;
  Pending<void> shorten(const std::string& snapshotId) override;
  void holdBackground(bool held) override { backgroundIsHeld = held; }
  Pending<void> fingerprint(const std::string& snapshotId) override;
  Pending<void> verify(const std::string& snapshotId) override;
  Pending<void> removeWorkDirectory(const QString& workDirectory) override;
  Pending<void> sweep(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork) override;
  Pending<qint64> allocatedBytes(const std::string& snapshotId) override;
  [[nodiscard]] qint64 freeBytes() const override {
    ++looks;
    return free;
  }

  std::map<std::string, SnapshotManifest> snapshots;
  std::set<QString> workDirectories;
  std::set<std::string> fingerprinted;
  qint64 free = 100LL << 30;
  bool backgroundIsHeld = false;
  mutable int looks = 0;  ///< at the free space

 private:
  [[nodiscard]] Result<SnapshotManifest> find(const std::string& snapshotId) const;
  static WorkingFiles filesIn(const QString& workDirectory, const SnapshotManifest& from);
  CallScript& script_;
};

}  // namespace terrarium
