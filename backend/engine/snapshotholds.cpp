// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/snapshotholds.h"

#include <QPointer>

namespace terrarium {

std::shared_ptr<void> SnapshotHolds::hold(const std::string& snapshotId) {
  ++holders_[snapshotId];
  return {static_cast<void*>(this), [self = QPointer<SnapshotHolds>(this), snapshotId](void*) {
            if (self) self->release(snapshotId);
          }};
}

Pending<void> SnapshotHolds::retire(const std::string& snapshotId) {
  if (!holders_.contains(snapshotId)) return snapshots_.remove(snapshotId);
  retired_.insert(snapshotId);
  return settled<void>({});
}

void SnapshotHolds::release(const std::string& snapshotId) {
  if (--holders_[snapshotId] > 0) return;
  holders_.erase(snapshotId);
  if (retired_.erase(snapshotId) > 0) (void)snapshots_.remove(snapshotId);
}

}  // namespace terrarium
