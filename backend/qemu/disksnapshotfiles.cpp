// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/disksnapshotfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <algorithm>
#include <set>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/fingerprint.h"
#include "backend/qemu/layermerge.h"
#include "backend/qemu/qcow2overlay.h"
#include "backend/qemu/snapshotcommit.h"
#include "backend/qemu/sparsecopy.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

constexpr qint64 kMib = 1024 * 1024;
/// A chain that is deeper is merged even if nobody ever rests.
constexpr std::size_t kPatience = 2 * SnapshotFiles::kDeepest;

Result<void> makeEmptyRam(const QString& path, const MachineSize& size) {
  QFile file(path);
  errno = 0;
  if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
      !file.resize(size.memoryMib() * kMib)) {
    return failure(systemError("The machine's memory could not be made."));
  }
  return {};
}

std::string newLayerName() { return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() + ".qcow2"; }

template <class T>
void replaceRange(std::vector<T>& all, std::size_t begin, std::size_t end, const T& with) {
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(begin);
  *first = with;
  all.erase(first + 1, all.begin() + static_cast<std::ptrdiff_t>(end));
}

}  // namespace

DiskSnapshotFiles::DiskSnapshotFiles(Directories directories) : directories_(std::move(directories)), layers_(directories_.layers) {
  // Copies wait for the disk, not for processors.
  pool_.setMaxThreadCount(4);
  slowPool_.setMaxThreadCount(1);
  for (const auto& directory : {directories_.snapshots, directories_.layers, directories_.work}) {
    QDir().mkpath(directory);
    QFile::setPermissions(directory, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
  }
}

DiskSnapshotFiles::~DiskSnapshotFiles() { gate_.shutDown(); }

/// Runs `work` in a worker thread. Answers are given from there, which Resolver allows.
template <class T, class Work>
Pending<T> DiskSnapshotFiles::inBackground(Work work) {
  const Resolver<T> answer;
  pool_.start([answer, work = std::move(work)]() mutable { answer.resolve(work()); });
  return answer.pending();
}

template <class Work>
void DiskSnapshotFiles::withoutHaste(const Resolver<void>& answer, Work work) {
  slowPool_.start([this, answer, work = std::move(work)]() mutable {
    comeLast();
    auto done = gate_.pass();
    if (done) done = work();
    answer.resolve(done);
  });
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
      reserved_.insert(LayerStore::baseName(contentHash));
      reserved_.insert(LayerStore::unfinishedName(contentHash));
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
  auto chain = layers_.chain(*stored);
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
    return SnapshotCommit(directories_.snapshots, layers_, onMergedLayers(files), stateFile, manifest, take).run();
  });
}

/// The layers beneath may have been merged since they were checked out.
WorkingFiles DiskSnapshotFiles::onMergedLayers(WorkingFiles files) const {
  if (const auto now = set(files.from.id).read()) files.from.layers = now->manifest.layers;
  return files;
}

Pending<SnapshotManifest> DiskSnapshotFiles::read(const std::string& snapshotId) {
  return inBackground<SnapshotManifest>([this, snapshotId]() -> Result<SnapshotManifest> {
    const auto stored = set(snapshotId).read();
    if (!stored) return failure(stored.error());
    return stored->manifest;
  });
}

Pending<SnapshotManifest> DiskSnapshotFiles::duplicate(const std::string& snapshotId, const std::string& newId) {
  return inBackground<SnapshotManifest>([this, snapshotId, newId] {
    const std::shared_lock naming(layerNames_);
    return duplicated(snapshotId, newId);
  });
}

Result<SnapshotManifest> DiskSnapshotFiles::duplicated(const std::string& snapshotId, const std::string& newId) {
  const auto from = set(snapshotId);
  const SnapshotSet unfinished(directories_.snapshots + QStringLiteral("/.new-") + QString::fromStdString(newId));
  auto stored = from.read();
  if (!stored) return failure(stored.error());
  if (!isPlainName(newId) || set(newId).exists()) return failure(ErrorCode::Internal, "That is no new id for a snapshot.", newId);
  if (auto sound = from.verify(*stored); !sound) return failure(sound.error());
  stored->manifest.id = newId;
  QDir(unfinished.directory()).removeRecursively();
  errno = 0;
  auto done = QDir().mkpath(unfinished.directory()) ? Result<void>() : failure(systemError("The snapshot could not be made."));
  if (done) done = linkOrCopy(from.ram(), unfinished.ram());
  if (done) done = linkOrCopy(from.state(), unfinished.state());
  for (const auto& file : {unfinished.ram(), unfinished.state()}) {
    if (done) done = seal(file);
  }
  if (done) done = writeDurably(unfinished.manifestFile(), stored->toJson());
  if (done) done = seal(unfinished.manifestFile());
  errno = 0;
  if (done && !QDir().rename(unfinished.directory(), set(newId).directory())) {
    done = failure(systemError("The snapshot could not be put into its place."));
  }
  if (done) done = syncDirectory(directories_.snapshots);
  QDir(unfinished.directory()).removeRecursively();
  if (!done) return failure(done.error());
  return stored->manifest;
}

Pending<void> DiskSnapshotFiles::shorten(const std::string& snapshotId) {
  const Resolver<void> answer;
  pool_.start([this, snapshotId, answer] {
    const auto stored = set(snapshotId).read();
    if (!stored) return answer.resolve(failure(stored.error()));
    const bool urgent = stored->manifest.layers.size() > kPatience;
    if (urgent) gate_.hurry();
    withoutHaste(answer, [this, snapshotId, urgent] {
      auto done = shortened(snapshotId);
      if (urgent) gate_.hurried();
      return done;
    });
  });
  return answer.pending();
}

Result<void> DiskSnapshotFiles::shortened(const std::string& snapshotId) {
  const auto stored = set(snapshotId).read();
  if (!stored) return failure(stored.error());
  const auto& layers = stored->manifest.layers;
  if (layers.size() <= kDeepest) return {};
  const auto kept = sharedDepth(stored->manifest);
  const auto merged = newLayerName();
  {
    const std::unique_lock naming(layerNames_);
    reserved_.insert(merged);
  }
  QStringList paths;
  for (auto i = kept; i < layers.size(); ++i) paths << layers_.path(layers[i]);
  auto done = LayerMerge(layers_.path(layers.front()), gate_).run(paths, layers_.path(merged));
  if (done) done = syncDirectory(layers_.directory());
  {
    const std::unique_lock naming(layerNames_);
    if (done) done = replaceLayers(layers, kept, merged);
    reserved_.erase(merged);
  }
  dropUnusedLayers();
  return done;
}

Result<void> DiskSnapshotFiles::replaceLayers(const std::vector<std::string>& layers, std::size_t kept,
                                              const std::string& merged) const {
  Result<void> done = failure(ErrorCode::NotFound, "The snapshot was deleted while its layers were being merged.");
  // Not only in the set that was asked for: its sandbox may have been paused anew meanwhile.
  const auto sets = QDir(directories_.snapshots).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
  for (const auto& entry : sets) {
    const SnapshotSet snapshot(entry.filePath());
    auto stored = snapshot.read();
    if (!stored) continue;
    auto& names = stored->manifest.layers;
    if (names.size() < layers.size() || !std::equal(layers.begin(), layers.end(), names.begin())) continue;
    replaceRange(names, kept, layers.size(), merged);
    replaceRange(stored->layerModified, kept, layers.size(), qint64(-1));
    done = rewrite(snapshot, *stored);
    if (!done) return done;
  }
  return done;
}

Result<void> DiskSnapshotFiles::rewrite(const SnapshotSet& snapshot, StoredManifest stored) const {
  const auto sizes = layers_.sizesOf(stored.manifest.layers);
  if (!sizes) return failure(sizes.error());
  stored.layerBytes = *sizes;
  // QSaveFile replaces only what its user may write.
  unseal(snapshot.manifestFile());
  auto done = writeDurably(snapshot.manifestFile(), stored.toJson());
  if (auto sealed = seal(snapshot.manifestFile()); done) done = sealed;
  return done;
}

/// How many layers, from the base up, stay as they are: those that others use, too, unless they alone are many.
std::size_t DiskSnapshotFiles::sharedDepth(const SnapshotManifest& manifest) const {
  std::size_t shared = 1;
  (void)eachChain([&](const std::string& set, const std::vector<std::string>& layers) {
    if (set == manifest.id) return;
    const auto ours = manifest.layers.begin();
    const auto common = std::min(layers.size(), manifest.layers.size());
    const auto differ = std::mismatch(ours, ours + static_cast<std::ptrdiff_t>(common), layers.begin()).first;
    shared = std::max(shared, static_cast<std::size_t>(differ - ours));
  });
  return std::min(shared, kDeepest / 2);
}

Pending<void> DiskSnapshotFiles::fingerprint(const std::string& snapshotId) {
  const Resolver<void> answer;
  withoutHaste(answer, [this, snapshotId] { return Fingerprint(set(snapshotId), layers_, gate_).write(); });
  return answer.pending();
}

Pending<void> DiskSnapshotFiles::verify(const std::string& snapshotId) {
  const Resolver<void> answer;
  withoutHaste(answer, [this, snapshotId] { return Fingerprint(set(snapshotId), layers_, gate_).verify(); });
  return answer.pending();
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
  layers_.removeUnfinished();
  dropUnusedLayers();
  if (!clean) return failure(ErrorCode::Internal, "Some files of former sandboxes could not be removed.");
  return {};
}

bool DiskSnapshotFiles::eachChain(
    const std::function<void(const std::string& set, const std::vector<std::string>& layers)>& look) const {
  const auto sets = QDir(directories_.snapshots).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
  for (const auto& entry : sets) {
    const auto stored = SnapshotSet(entry.filePath()).read();
    if (!stored) return false;
    look(stored->manifest.id, stored->manifest.layers);
  }
  const auto works = QDir(directories_.work).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
  for (const auto& entry : works) {
    const auto layers = WorkDirectory(entry.filePath()).recordedLayers();
    if (!layers) return false;
    look({}, *layers);
  }
  return true;
}

void DiskSnapshotFiles::dropUnusedLayers() {
  const std::unique_lock looking(layerNames_);
  auto named = reserved_;
  const bool known = eachChain(
      [&named](const std::string&, const std::vector<std::string>& layers) { named.insert(layers.begin(), layers.end()); });
  // Whose layers cannot be known, nothing is removed until that snapshot is.
  if (known) layers_.keepOnly(named);
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
