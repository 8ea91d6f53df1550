// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/snapshotinfo.h"

namespace terrarium {

std::string_view snapshotStatusName(SnapshotStatus status) {
  switch (status) {
    case SnapshotStatus::Creating:
      return "creating";
    case SnapshotStatus::Ready:
      return "ready";
    case SnapshotStatus::Failed:
      return "failed";
    case SnapshotStatus::Deleting:
      return "deleting";
  }
  return {};
}

std::optional<SnapshotStatus> snapshotStatusFromName(std::string_view name) {
  for (const auto status : {SnapshotStatus::Creating, SnapshotStatus::Ready, SnapshotStatus::Failed, SnapshotStatus::Deleting}) {
    if (snapshotStatusName(status) == name) return status;
  }
  return std::nullopt;
}

}  // namespace terrarium
