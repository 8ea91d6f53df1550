// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>
#include <set>
#include <string>
#include <vector>

#include "backend/qemu/storedmanifest.h"
#include "backend/support/result.h"

namespace terrarium {

/// The directory of immutable disk layers. Blocks; used in worker threads. Holds no state besides the directory.
class LayerStore {
 public:
  explicit LayerStore(QString directory) : directory_(std::move(directory)) {}

  [[nodiscard]] const QString& directory() const { return directory_; }
  [[nodiscard]] static std::string baseName(const std::string& contentHash) { return contentHash + ".raw"; }
  [[nodiscard]] QString path(const std::string& layer) const;
  /// Layer paths, base first. Conflict when one is missing or is not as it was recorded.
  [[nodiscard]] Result<QStringList> chain(const StoredManifest& stored) const;
  [[nodiscard]] Result<std::vector<qint64>> sizesOf(const std::vector<std::string>& layers) const;
  /// What addBase() writes until it is complete.
  [[nodiscard]] static std::string unfinishedName(const std::string& contentHash);
  /// Imports a raw image; what was imported under the same hash before is reused.
  [[nodiscard]] Result<std::string> addBase(const QString& image, const std::string& contentHash) const;
  /// Removes what an import that was cut short left; not while one runs.
  void removeUnfinished() const;
  /// Removes all layers except these.
  void keepOnly(const std::set<std::string>& layers) const;

 private:
  QString directory_;
};

}  // namespace terrarium
