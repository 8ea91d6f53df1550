// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <string>
#include <vector>

#include "backend/engine/ports/snapshotfiles.h"
#include "backend/support/result.h"

namespace terrarium {

/// A manifest as it lies in a snapshot's directory: with what its files must look like.
struct StoredManifest {
  static constexpr int kVersion = 1;

  SnapshotManifest manifest;
  qint64 ramBytes = 0;
  qint64 stateBytes = 0;
  std::string stateHash;           ///< hex SHA-256
  std::vector<qint64> layerBytes;  ///< of each of the manifest's layers
  /// When the files were written last, in milliseconds since 1970; -1 when not known. They are immutable, so that another time
  /// tells of a damage without reading them. Only kept for templates, which can be built anew.
  qint64 ramModified = -1;
  std::vector<qint64> layerModified = {};

  [[nodiscard]] QByteArray toJson() const;
  /// Conflict when the text is none of ours, or of a newer version than this program knows.
  [[nodiscard]] static Result<StoredManifest> fromJson(const QByteArray& text);
};

/// Whether a text may name a layer or snapshot in a path: letters, digits, dot and hyphen, no dot at the start.
[[nodiscard]] bool isPlainName(const std::string& name);

}  // namespace terrarium
