// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/disksnapshotfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <set>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/qcow2overlay.h"
#include "backend/qemu/snapshotcommit.h"
#include "backend/qemu/sparsecopy.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

constexpr qint64 kMib = 1024 * 1024;

Result<void> makeEmptyRam(const QString& path, const MachineSize& size) {
  QFile file(path);
  errno = 0;
  if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
      !file.resize(size.memoryMib() * kMib)) {
    return failure(systemError("The machine's memory could not be made."));
  }
  return {};
}

}  // namespace

DiskSnapshotFiles::DiskSnapshotFiles(Directories directories) : directories_(std::move(directories)), layers_(directories_.layers) {
  // Copies wait for the disk, not for processors.
  pool_.setMaxThreadCount(4);
  for (const auto& directory : {directories_.snapshots, directories_.layers, directories_.work}) {
    QDir().mkpath(directory);
    QFile::setPermissions(directory, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
  }
}

/// Runs `work` in a worker thread. Answers are given from there, which Resolver allows.
template <class T, class Work>
Pending<T> DiskSnapshotFiles::inBackground(Work work) {
  const Resolver<T> answer;
  pool_.start([answer, work = std::move(work)]() mutable { answer.resolve(work()); });
  return answer.pending();
}

SnapshotSet DiskSnapshotFiles::set(const std::string& snapshotId) const {
  // An id that is no plain name leads nowhere instead of out of the directory.
  const auto name = isPlainName(snapshotId) ? QString::fromStdString(snapshotId) : QStringLiteral(".none");
  return SnapshotSet(directories_.snapshots + QLatin1Char('/') + name);
}

Pending<std::string> DiskSnapshotFiles::addBaseLayer(const QString& image, const std::string& contentHash) {
  return inBackground<std::string>([this, image, contentHash] {
    {
      const std::unique_lock naming(layerNames_);
      imported_.insert(LayerStore::baseName(contentHash));
    }
    return layers_.addBase(image, contentHash);
  });
}

Pending<WorkingFiles> DiskSnapshotFiles::prepareBoot(const std::string& baseLayer, const MachineSize& size,
                                                     const QString& workDirectory) {
  return inBackground<WorkingFiles>([this, baseLayer, size, workDirectory] {
    const std::shared_lock naming(layerNames_);
    return bootFiles(baseLayer, size, workDirectory);
  });
}

Result<WorkingFiles> DiskSnapshotFiles::bootFiles(const std::string& baseLayer, const MachineSize& size,
                                                  const QString& path) const {
  const WorkDirectory work(path);
  const auto base = virtualBytesOf(layers_.path(baseLayer));
  if (!base) return failure(base.error());
  auto done = work.prepare({baseLayer});
  if (done) done = makeEmptyRam(work.ram(), size);
  if (done) done = writeEmptyQcow2(work.overlay(), std::max(*base, size.diskMib() * kMib));
  if (!done) {
    (void)work.remove();
    return failure(done.error());
  }
  WorkingFiles files{path, work.ram(), {}, {{layers_.path(baseLayer), work.overlay()}}, {}};
  files.from.size = size;
  files.from.layers = {baseLayer};
  return files;
}

Pending<WorkingFiles> DiskSnapshotFiles::checkOut(const std::string& snapshotId, const QString& workDirectory) {
  return inBackground<WorkingFiles>([this, snapshotId, workDirectory] {
    const std::shared_lock naming(layerNames_);
    return checkedOut(snapshotId, workDirectory);
  });
}

Result<WorkingFiles> DiskSnapshotFiles::checkedOut(const std::string& snapshotId, const QString& path) const {
  const auto snapshot = set(snapshotId);
  const auto stored = snapshot.read();
  if (!stored) return failure(stored.error());
  if (auto sound = snapshot.verify(*stored); !sound) return failure(sound.error());
  auto chain = layers_.chain(stored->manifest.layers, stored->layerBytes);
  if (!chain) return failure(chain.error());
  const auto disk = virtualBytesOf(chain->constLast());
  if (!disk) return failure(disk.error());
  const WorkDirectory work(path);
  auto done = work.prepare(stored->manifest.layers);
  if (done) done = copySparsely(snapshot.ram(), work.ram());
  if (done) done = writeEmptyQcow2(work.overlay(), *disk);
  if (!done) {
    (void)work.remove();
    return failure(done.error());
  }
  return WorkingFiles{path, work.ram(), snapshot.state(), {*chain << work.overlay()}, stored->manifest};
}

Pending<SnapshotManifest> DiskSnapshotFiles::commit(const WorkingFiles& files, const QString& stateFile,
                                                    const SnapshotManifest& manifest, Take take) {
  return inBackground<SnapshotManifest>([this, files, stateFile, manifest, take] {
    const std::shared_lock naming(layerNames_);
    return SnapshotCommit(directories_.snapshots, layers_, files, stateFile, manifest, take).run();
  });
}

Pending<SnapshotManifest> DiskSnapshotFiles::read(const std::string& snapshotId) {
  return inBackground<SnapshotManifest>([this, snapshotId]() -> Result<SnapshotManifest> {
    const auto stored = set(snapshotId).read();
    if (!stored) return failure(stored.error());
    return stored->manifest;
  });
}

Pending<void> DiskSnapshotFiles::remove(const std::string& snapshotId) {
  return inBackground<void>([this, snapshotId] { return removeSet(snapshotId); });
}

Result<void> DiskSnapshotFiles::removeSet(const std::string& snapshotId) {
  const auto snapshot = set(snapshotId);
  if (!snapshot.exists()) return {};
  // Out of its place in one step: a crash in the middle must not leave a snapshot of which half is gone.
  const auto doomed = directories_.snapshots + QStringLiteral("/.gone-") + QString::fromStdString(snapshotId);
  QDir(doomed).removeRecursively();
  if (!QDir().rename(snapshot.directory(), doomed) || !QDir(doomed).removeRecursively()) {
    return failure(systemError("The snapshot could not be removed."));
  }
  dropUnusedLayers();
  return {};
}

Pending<void> DiskSnapshotFiles::removeWorkDirectory(const QString& workDirectory) {
  return inBackground<void>([this, workDirectory]() -> Result<void> {
    auto removed = WorkDirectory(workDirectory).remove();
    if (removed) dropUnusedLayers();
    return removed;
  });
}

Pending<void> DiskSnapshotFiles::sweep(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork) {
  return inBackground<void>([this, keepSnapshots, keepWork] { return sweepAll(keepSnapshots, keepWork); });
}

Result<void> DiskSnapshotFiles::sweepAll(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork) {
  const std::set<std::string> kept(keepSnapshots.begin(), keepSnapshots.end());
  bool clean = true;
  const auto sets = QDir(directories_.snapshots).entryInfoList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
  for (const auto& entry : sets) {
    if (!kept.contains(entry.fileName().toStdString())) clean &= QDir(entry.filePath()).removeRecursively();
  }
  QStringList keptWork;
  for (const auto& path : keepWork) keptWork << QFileInfo(path).absoluteFilePath();
  const auto works = QDir(directories_.work).entryInfoList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
  for (const auto& entry : works) {
    if (!keptWork.contains(entry.absoluteFilePath())) clean &= WorkDirectory(entry.filePath()).remove().has_value();
  }
  dropUnusedLayers();
  if (!clean) return failure(ErrorCode::Internal, "Some files of former sandboxes could not be removed.");
  return {};
}

void DiskSnapshotFiles::dropUnusedLayers() {
  const std::unique_lock looking(layerNames_);
  auto named = imported_;
  const auto sets = QDir(directories_.snapshots).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
  for (const auto& entry : sets) {
    const auto stored = SnapshotSet(entry.filePath()).read();
    // Whose layers cannot be known, nothing is removed until that snapshot is.
    if (!stored) return;
    named.insert(stored->manifest.layers.begin(), stored->manifest.layers.end());
  }
  const auto works = QDir(directories_.work).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
  for (const auto& entry : works) {
    const auto layers = WorkDirectory(entry.filePath()).recordedLayers();
    named.insert(layers.begin(), layers.end());
  }
  layers_.keepOnly(named);
}

Pending<qint64> DiskSnapshotFiles::allocatedBytes(const std::string& snapshotId) {
  return inBackground<qint64>([this, snapshotId]() -> Result<qint64> {
    const auto snapshot = set(snapshotId);
    const auto stored = snapshot.read();
    if (!stored) return failure(stored.error());
    // Its own layer is the last; those below belong to what it was made from.
    return allocatedBytesOf(snapshot.ram()) + allocatedBytesOf(snapshot.state()) +
           allocatedBytesOf(layers_.path(stored->manifest.layers.back()));
  });
}

qint64 DiskSnapshotFiles::freeBytes() const { return freeBytesAt(directories_.snapshots); }

}  // namespace terrarium
