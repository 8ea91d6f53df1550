// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QThreadPool>
#include <functional>
#include <set>
#include <shared_mutex>

#include "backend/engine/ports/snapshotfiles.h"
#include "backend/qemu/backgroundgate.h"
#include "backend/qemu/layerstore.h"
#include "backend/qemu/snapshotset.h"
#include "backend/qemu/workdirectory.h"

namespace terrarium {

/// Snapshots, layers and working directories as files. Owned by the composition; called in the engine's thread, works in threads of
/// its own. Its end waits for work under way.
class DiskSnapshotFiles final : public SnapshotFiles {
 public:
  struct Directories {
    QString snapshots;
    QString layers;
    QString work;  ///< the root of all working directories; on the same file system, else files are copied instead of moved
  };

  explicit DiskSnapshotFiles(Directories directories);
  ~DiskSnapshotFiles() override;

  Pending<std::string> addBaseLayer(const QString& image, const std::string& contentHash) override;
  Pending<WorkingFiles> prepareBoot(const std::string& baseLayer, const MachineSize& size, const QString& workDirectory) override;
  Pending<WorkingFiles> checkOut(const std::string& snapshotId, const QString& workDirectory) override;
  Pending<SnapshotManifest> commit(const WorkingFiles& files, const QString& stateFile, const SnapshotManifest& manifest,
                                   Take take) override;
  Pending<SnapshotManifest> read(const std::string& snapshotId) override;
  Pending<SnapshotManifest> duplicate(const std::string& snapshotId, const std::string& newId) override;
  Pending<void> remove(const std::string& snapshotId) override;
  Pending<void> shorten(const std::string& snapshotId) override;
  void holdBackground(bool held) override { held ? gate_.close() : gate_.open(); }
  Pending<void> fingerprint(const std::string& snapshotId) override;
  Pending<void> verify(const std::string& snapshotId) override;
  Pending<void> removeWorkDirectory(const QString& workDirectory) override;
  Pending<void> sweep(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork) override;
  Pending<qint64> allocatedBytes(const std::string& snapshotId) override;
  [[nodiscard]] qint64 freeBytes() const override;

 private:
  template <class T, class Work>
  Pending<T> inBackground(Work work);
  /// For what takes seconds and nobody waits for: one after the other, behind everybody else, while the gate is open.
  template <class Work>
  void withoutHaste(const Resolver<void>& answer, Work work);
  [[nodiscard]] SnapshotSet set(const std::string& snapshotId) const;
  [[nodiscard]] Result<WorkingFiles> bootFiles(const std::string& baseLayer, const MachineSize& size, const QString& work) const;
  [[nodiscard]] Result<WorkingFiles> checkedOut(const std::string& snapshotId, const QString& work) const;
  [[nodiscard]] Result<SnapshotManifest> duplicated(const std::string& snapshotId, const std::string& newId);
  [[nodiscard]] Result<void> shortened(const std::string& snapshotId);
  /// In every set that stands on `layers`, those from `kept` on become `merged`. NotFound when no such set is left.
  [[nodiscard]] Result<void> replaceLayers(const std::vector<std::string>& layers, std::size_t kept,
                                           const std::string& merged) const;
  [[nodiscard]] Result<void> rewrite(const SnapshotSet& snapshot, StoredManifest stored) const;
  [[nodiscard]] WorkingFiles onMergedLayers(WorkingFiles files) const;
  [[nodiscard]] Result<void> removeSet(const std::string& snapshotId);
  [[nodiscard]] Result<void> sweepAll(const std::vector<std::string>& keepSnapshots, const QStringList& keepWork);
  void dropUnusedLayers();
  /// Calls with the layers of every set and every working directory; false when a set cannot be read.
  [[nodiscard]] bool eachChain(
      const std::function<void(const std::string& set, const std::vector<std::string>& layers)>& look) const;
  [[nodiscard]] std::size_t sharedDepth(const SnapshotManifest& manifest) const;

  Directories directories_;
  LayerStore layers_;
  /// Whoever names layers anew holds it shared, whoever looks for unnamed layers alone: else a layer could go between the look and
  /// the naming.
  std::shared_mutex layerNames_;
  /// Layers that nothing names yet: being imported or merged, and base layers until the first boot on them. Guarded by layerNames_.
  std::set<std::string> reserved_;
  BackgroundGate gate_;
  QThreadPool slowPool_;
  QThreadPool pool_;  ///< ends before the slow one, to which it gives work
};

}  // namespace terrarium
