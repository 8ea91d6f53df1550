// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/machinesize.h"
#include "backend/engine/ports/hypervisor.h"

namespace terrarium {

/// An immutable set on disk: RAM file, device state, disk layers, manifest.
struct SnapshotManifest {
  std::string id;  ///< UUID; names its directory
  std::string kernelVersion;
  std::string agentVersion;
  std::string contentHash;  ///< of what a template was made from; empty for pauses
  MachineFacts facts;
  MachineSize size = MachineSize::standard();
  std::vector<std::string> layers;  ///< file names in the layer store, base first
};

/// Files that a machine works on, checked out of a snapshot.
struct WorkingFiles {
  QString workDirectory;
  QString ramFile;
  QString stateFile;  ///< to load from
  DiskChain disk;     ///< with a fresh, writable last layer
  SnapshotManifest from;
};

/// Snapshots and disk layers on disk. All work is done off the engine's thread. Writes go beside the old state, are synced and then
/// renamed, so that a crash leaves either the old or the new set. Layers form a reference-counted tree: a layer is removed when no
/// manifest and no working directory names it.
class SnapshotFiles {
 public:
  virtual ~SnapshotFiles() = default;

  /// Imports a root file system image into the layer store (by reflink, rename or sparse copy) and returns its layer name. The same
  /// content hash is stored once.
  virtual Pending<std::string> addBaseLayer(const QString& image, const std::string& contentHash) = 0;
  /// Working files for a first boot on that layer: an empty RAM file of the size's memory and a fresh overlay.
  virtual Pending<WorkingFiles> prepareBoot(const std::string& baseLayer, const MachineSize& size,
                                            const QString& workDirectory) = 0;
  /// Copies the RAM file (reflink, else sparse copy) and makes a fresh overlay. Errors: NotFound, Conflict (damaged; the message
  /// says which file), StorageFull.
  virtual Pending<WorkingFiles> checkOut(const std::string& snapshotId, const QString& workDirectory) = 0;

  enum class Take { Move, Copy };
  /// Makes a snapshot of what a machine that stands still works on. `stateFile` was written by Machine::saveState. With Move, RAM
  /// and overlay leave the working directory (the machine is about to end); with Copy it can run on. Durable when this resolves. On
  /// failure the working files are as before.
  virtual Pending<SnapshotManifest> commit(const WorkingFiles& files, const QString& stateFile, const SnapshotManifest& manifest,
                                           Take take) = 0;
  virtual Pending<SnapshotManifest> read(const std::string& snapshotId) = 0;
  /// A second set with the content of the first, with which it shares files and layers. NotFound, Conflict.
  virtual Pending<SnapshotManifest> duplicate(const std::string& snapshotId, const std::string& newId) = 0;
  virtual Pending<void> remove(const std::string& snapshotId) = 0;
  /// Merges disk layers when they are more than kDeepest. In the background: whoever wants the snapshot meanwhile gets it as it
  /// was, and what is saved on top of it afterwards stands on the merged layers.
  virtual Pending<void> shorten(const std::string& snapshotId) = 0;
  static constexpr std::size_t kDeepest = 8;
  /// While held, what is done in the background stands still, also in the middle, and nothing is begun; nobody else waits for it.
  /// The exception is merging a chain that is much too deep.
  virtual void holdBackground(bool held) = 0;
  /// Writes down the SHA-256 of memory and disk, in the background.
  virtual Pending<void> fingerprint(const std::string& snapshotId) = 0;
  /// Reads everything and compares it with the fingerprint, in the background; takes seconds. Conflict names the damaged file,
  /// NotFound means that there is no fingerprint yet.
  virtual Pending<void> verify(const std::string& snapshotId) = 0;
  virtual Pending<void> removeWorkDirectory(const QString& workDirectory) = 0;
  /// Removes snapshots that are not in `keepSnapshots`, working directories that are not in `keepWork`, layers that none of the
  /// rest names, and half-written sets. For the engine's start.
  virtual Pending<void> sweep(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork) = 0;
  /// Allocated bytes of a snapshot, without layers shared with others.
  virtual Pending<qint64> allocatedBytes(const std::string& snapshotId) = 0;
  /// Free bytes where all this is kept.
  [[nodiscard]] virtual qint64 freeBytes() const = 0;
};

}  // namespace terrarium
