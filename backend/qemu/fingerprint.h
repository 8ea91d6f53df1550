// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <atomic>
#include <map>
#include <string>

#include "backend/qemu/layerstore.h"
#include "backend/qemu/snapshotset.h"

namespace terrarium {

/// The SHA-256 of a snapshot's memory and disk layers, kept beside its manifest. Blocks for seconds; used in a worker thread.
class Fingerprint {
 public:
  /// Ends with Cancelled soon after `stop` became true.
  Fingerprint(SnapshotSet set, LayerStore layers, const std::atomic<bool>& stop)
      : set_(std::move(set)), layers_(std::move(layers)), stop_(stop) {}

  /// Keeps one that is there already.
  [[nodiscard]] Result<void> write() const;
  /// NotFound when there is none yet, Conflict when a file is not what it was; the message names it.
  [[nodiscard]] Result<void> verify() const;

 private:
  [[nodiscard]] QString file() const { return set_.directory() + QStringLiteral("/sha256.json"); }
  /// Path to hash, of everything the snapshot consists of.
  [[nodiscard]] Result<std::map<QString, QString>> paths() const;
  [[nodiscard]] Result<std::string> hash(const QString& path) const;

  SnapshotSet set_;
  LayerStore layers_;
  const std::atomic<bool>& stop_;
};

}  // namespace terrarium
