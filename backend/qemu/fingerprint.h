// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <map>
#include <string>

#include "backend/qemu/backgroundgate.h"
#include "backend/qemu/layerstore.h"
#include "backend/qemu/snapshotset.h"

namespace terrarium {

/// The SHA-256 of a snapshot's memory and disk layers, kept beside its manifest: of each file's blocks that are not all zeros, with
/// their places, so that holes cost nothing. Blocks for seconds; used in a worker thread.
class Fingerprint {
 public:
  /// Stands still while the gate is closed, also in the middle.
  Fingerprint(SnapshotSet set, LayerStore layers, BackgroundGate& gate)
      : set_(std::move(set)), layers_(std::move(layers)), gate_(gate) {}

  /// Keeps one that is there already.
  [[nodiscard]] Result<void> write() const;
  /// NotFound when there is none yet, Conflict when a file is not what it was; the message names it.
  [[nodiscard]] Result<void> verify() const;

 private:
  [[nodiscard]] QString file() const { return set_.directory() + QStringLiteral("/fingerprint.json"); }
  /// Path to hash, of everything the snapshot consists of.
  [[nodiscard]] Result<std::map<QString, QString>> paths() const;
  [[nodiscard]] Result<std::string> hash(const QString& path) const;

  SnapshotSet set_;
  LayerStore layers_;
  BackgroundGate& gate_;
};

}  // namespace terrarium
