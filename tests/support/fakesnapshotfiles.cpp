// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/fakesnapshotfiles.h"

#include <algorithm>

namespace terrarium {

Pending<std::string> FakeSnapshotFiles::addBaseLayer(const QString&, const std::string& contentHash) {
  return script_.answer<std::string>("snapshots.addBaseLayer", [contentHash] { return Result<std::string>(contentHash + ".raw"); });
}

Pending<WorkingFiles> FakeSnapshotFiles::prepareBoot(const std::string& baseLayer, const MachineSize& size,
                                                     const QString& workDirectory) {
  return script_.answer<WorkingFiles>("snapshots.prepareBoot", [this, baseLayer, size, workDirectory] {
    workDirectories.insert(workDirectory);
    SnapshotManifest from;
    from.size = size;
    from.layers = {baseLayer};
    return Result<WorkingFiles>(filesIn(workDirectory, from));
  });
}

Pending<WorkingFiles> FakeSnapshotFiles::checkOut(const std::string& snapshotId, const QString& workDirectory) {
  return script_.answer<WorkingFiles>("snapshots.checkOut", [this, snapshotId, workDirectory]() -> Result<WorkingFiles> {
    const auto manifest = find(snapshotId);
    if (!manifest) return failure(manifest.error());
    workDirectories.insert(workDirectory);
    return filesIn(workDirectory, *manifest);
  });
}

Pending<SnapshotManifest> FakeSnapshotFiles::commit(const WorkingFiles& files, const QString&, const SnapshotManifest& manifest,
                                                    Take) {
  return script_.answer<SnapshotManifest>("snapshots.commit", [this, files, manifest] {
    auto stored = manifest;
    stored.layers = files.from.layers;
    stored.layers.push_back(manifest.id + ".qcow2");
    snapshots[manifest.id] = stored;
    return Result<SnapshotManifest>(stored);
  });
}

Pending<SnapshotManifest> FakeSnapshotFiles::read(const std::string& snapshotId) {
  return script_.answer<SnapshotManifest>("snapshots.read", [this, snapshotId] { return find(snapshotId); });
}

Pending<SnapshotManifest> FakeSnapshotFiles::duplicate(const std::string& snapshotId, const std::string& newId) {
  return script_.answer<SnapshotManifest>("snapshots.duplicate", [this, snapshotId, newId]() -> Result<SnapshotManifest> {
    auto manifest = find(snapshotId);
    if (!manifest) return manifest;
    manifest->id = newId;
    return snapshots[newId] = *manifest;
  });
}

Pending<void> FakeSnapshotFiles::shorten(const std::string&) { return script_.answer("snapshots.shorten"); }

Pending<void> FakeSnapshotFiles::fingerprint(const std::string& snapshotId) {
  return script_.answer("snapshots.fingerprint", [this, snapshotId] { fingerprinted.insert(snapshotId); });
}

Pending<void> FakeSnapshotFiles::verify(const std::string& snapshotId) {
  return script_.answer<void>("snapshots.verify", [this, snapshotId]() -> Result<void> {
    if (!fingerprinted.contains(snapshotId)) return failure(ErrorCode::NotFound, "There is no fingerprint.");
    return {};
  });
}

Pending<void> FakeSnapshotFiles::remove(const std::string& snapshotId) {
  return script_.answer("snapshots.remove", [this, snapshotId] { snapshots.erase(snapshotId); });
}

Pending<void> FakeSnapshotFiles::removeWorkDirectory(const QString& workDirectory) {
  return script_.answer("snapshots.removeWorkDirectory", [this, workDirectory] { workDirectories.erase(workDirectory); });
}

Pending<void> FakeSnapshotFiles::sweep(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork) {
  return script_.answer("snapshots.sweep", [this, keepSnapshots, keepWork] {
    std::erase_if(snapshots, [&](const auto& entry) {
      return std::find(keepSnapshots.begin(), keepSnapshots.end(), entry.first) == keepSnapshots.end();
    });
    std::erase_if(workDirectories, [&](const QString& folder) { return !keepWork.contains(folder); });
  });
}

Pending<qint64> FakeSnapshotFiles::allocatedBytes(const std::string&) {
  return script_.answer<qint64>("snapshots.allocatedBytes", [] { return Result<qint64>(123'456); });
}

Result<SnapshotManifest> FakeSnapshotFiles::find(const std::string& snapshotId) const {
  const auto found = snapshots.find(snapshotId);
  if (found == snapshots.end()) return failure(ErrorCode::NotFound, "There is no such snapshot.");
  return found->second;
}

WorkingFiles FakeSnapshotFiles::filesIn(const QString& workDirectory, const SnapshotManifest& from) {
  WorkingFiles files;
  files.workDirectory = workDirectory;
  files.ramFile = workDirectory + QStringLiteral("/ram");
  files.stateFile = workDirectory + QStringLiteral("/state");
  for (const auto& layer : from.layers) files.disk.layers.push_back(QStringLiteral("/layers/") + QString::fromStdString(layer));
  files.disk.layers.push_back(workDirectory + QStringLiteral("/top.qcow2"));
  files.from = from;
  return files;
}

}  // namespace terrarium
