// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "backend/engine/ports/snapshotfiles.h"

namespace terrarium {

/// Keeps snapshots from being removed while somebody copies them. Whoever is done with one for good retires it instead of removing
/// it. Engine thread.
class SnapshotHolds : public QObject {
  Q_OBJECT
 public:
  explicit SnapshotHolds(SnapshotFiles& snapshots) : snapshots_(snapshots) {}

  /// It stays at least until what is returned is gone.
  [[nodiscard]] std::shared_ptr<void> hold(const std::string& snapshotId);
  /// Removes it, at once or when the last one lets go. Resolves when it is removed or marked for that.
  Pending<void> retire(const std::string& snapshotId);

 private:
  void release(const std::string& snapshotId);

  SnapshotFiles& snapshots_;
  std::map<std::string, int> holders_;
  std::set<std::string> retired_;
};

}  // namespace terrarium
