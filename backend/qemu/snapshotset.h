// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <string>

#include "backend/qemu/layerstore.h"
#include "backend/qemu/storedmanifest.h"
#include "backend/support/result.h"

namespace terrarium {

/// One snapshot's directory: memory, device state, manifest. Blocks; used in worker threads.
class SnapshotSet {
 public:
  explicit SnapshotSet(QString directory) : directory_(std::move(directory)) {}

  [[nodiscard]] const QString& directory() const { return directory_; }
  [[nodiscard]] QString ram() const { return directory_ + QStringLiteral("/ram"); }
  [[nodiscard]] QString state() const { return directory_ + QStringLiteral("/state"); }
  [[nodiscard]] QString manifestFile() const { return directory_ + QStringLiteral("/manifest.json"); }
  [[nodiscard]] bool exists() const;
  /// NotFound when there is none, Conflict when it is damaged.
  [[nodiscard]] Result<StoredManifest> read() const;
  /// Compares sizes and the state's hash with the manifest. Conflict names the file and says what to do.
  [[nodiscard]] Result<void> verify(const StoredManifest& stored) const;

 private:
  QString directory_;
};

/// Hex SHA-256 of a file.
[[nodiscard]] Result<std::string> hashOf(const QString& path);

}  // namespace terrarium
