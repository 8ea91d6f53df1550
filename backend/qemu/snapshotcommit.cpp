// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/snapshotcommit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <future>
#include <vector>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/sparsecopy.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

std::string chosenId(const SnapshotManifest& manifest) {
  return manifest.id.empty() ? QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() : manifest.id;
}

}  // namespace

SnapshotCommit::SnapshotCommit(QString snapshots, LayerStore layers, WorkingFiles files, QString stateFile,
                               SnapshotManifest manifest, SnapshotFiles::Take take)
    : snapshots_(std::move(snapshots)),
      layers_(std::move(layers)),
      files_(std::move(files)),
      stateFile_(std::move(stateFile)),
      manifest_(std::move(manifest)),
      take_(take),
      unfinished_(QString()),
      final_(QString()) {
  manifest_.id = chosenId(manifest_);
  const auto id = QString::fromStdString(manifest_.id);
  unfinished_ = SnapshotSet(snapshots_ + QStringLiteral("/.new-") + id);
  final_ = SnapshotSet(snapshots_ + QLatin1Char('/') + id);
  layer_ = layers_.path(manifest_.id + ".qcow2");
  manifest_.layers = files_.from.layers;
  manifest_.layers.push_back(manifest_.id + ".qcow2");
}

Result<SnapshotManifest> SnapshotCommit::run() {
  using Step = Result<void> (SnapshotCommit::*)();
  for (const Step step :
       {&SnapshotCommit::begin, &SnapshotCommit::takeState, &SnapshotCommit::takeRam, &SnapshotCommit::takeOverlay,
        &SnapshotCommit::syncAll, &SnapshotCommit::sealAll, &SnapshotCommit::writeManifest, &SnapshotCommit::publish}) {
    if (auto done = (this->*step)(); !done) {
      rollback_.run();
      return failure(done.error());
    }
  }
  rollback_.commit();
  releaseWorkingFiles();
  return manifest_;
}

Result<void> SnapshotCommit::begin() {
  if (!isPlainName(manifest_.id)) return failure(ErrorCode::Internal, "That is no id for a snapshot.", manifest_.id);
  if (final_.exists()) return failure(ErrorCode::Conflict, "A snapshot of that id exists already.", manifest_.id);
  QDir(unfinished_.directory()).removeRecursively();
  QFile::remove(layer_);
  if (!QDir().mkpath(unfinished_.directory()) || !QDir().mkpath(layers_.directory())) {
    return failure(systemError("The snapshot's directory \"" + unfinished_.directory().toStdString() + "\" could not be made."));
  }
  QFile::setPermissions(unfinished_.directory(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
  rollback_.add([directory = unfinished_.directory()] { QDir(directory).removeRecursively(); });
  return {};
}

Result<void> SnapshotCommit::take(const QString& from, const QString& to) const {
  return take_ == SnapshotFiles::Take::Move ? linkOrCopy(from, to) : copySparsely(from, to);
}

Result<void> SnapshotCommit::takeState() { return linkOrCopy(stateFile_, unfinished_.state()); }

Result<void> SnapshotCommit::takeRam() {
  auto done = take(files_.ramFile, unfinished_.ram());
  // Worth its time only for what is copied often: a template.
  if (!done || manifest_.contentHash.empty()) return done;
  const auto punched = punchZeros(unfinished_.ram());
  if (!punched) return failure(punched.error());
  return {};
}

Result<void> SnapshotCommit::takeOverlay() {
  auto done = take(files_.disk.layers.value(files_.disk.layers.size() - 1), layer_);
  if (done) rollback_.add([layer = layer_] { QFile::remove(layer); });
  return done;
}

Result<void> SnapshotCommit::syncAll() {
  // At one time, so that the file system's journal is written once for all of them.
  std::vector<std::future<Result<void>>> writing;
  for (const auto& file : {unfinished_.state(), unfinished_.ram(), layer_}) {
    writing.push_back(std::async(std::launch::async, syncFile, file));
  }
  auto done = syncDirectory(layers_.directory());
  for (auto& one : writing) {
    if (auto written = one.get(); !written && done) done = written;
  }
  return done;
}

Result<void> SnapshotCommit::sealAll() {
  for (const auto& file : {unfinished_.state(), unfinished_.ram(), layer_}) {
    if (auto done = seal(file); !done) return done;
    // With Move these are the machine's own files under a second name.
    rollback_.add([file] { unseal(file); });
  }
  return {};
}

Result<void> SnapshotCommit::writeManifest() {
  const auto hash = hashOf(unfinished_.state());
  if (!hash) return failure(hash.error());
  const auto sizes = layers_.sizesOf(manifest_.layers);
  if (!sizes) return failure(sizes.error());
  StoredManifest stored{manifest_, QFileInfo(unfinished_.ram()).size(), QFileInfo(unfinished_.state()).size(), *hash, *sizes};
  if (!manifest_.contentHash.empty()) {
    stored.ramModified = modifiedAt(unfinished_.ram());
    for (const auto& layer : manifest_.layers) stored.layerModified.push_back(modifiedAt(layers_.path(layer)));
  }
  auto done = writeDurably(unfinished_.manifestFile(), stored.toJson());
  if (done) done = seal(unfinished_.manifestFile());
  return done;
}

Result<void> SnapshotCommit::publish() {
  if (!QDir().rename(unfinished_.directory(), final_.directory())) {
    return failure(systemError("The snapshot could not be put into its place."));
  }
  rollback_.add([directory = final_.directory()] { QDir(directory).removeRecursively(); });
  return syncDirectory(snapshots_);
}

void SnapshotCommit::releaseWorkingFiles() {
  QFile::remove(stateFile_);
  if (take_ == SnapshotFiles::Take::Copy) return;
  QFile::remove(files_.ramFile);
  QFile::remove(files_.disk.layers.value(files_.disk.layers.size() - 1));
}

}  // namespace terrarium
