// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/buildinfo.h"

namespace terrarium {

std::string_view buildStatusName(BuildStatus status) {
  switch (status) {
    case BuildStatus::Pending:
      return "pending";
    case BuildStatus::Building:
      return "building";
    case BuildStatus::Ready:
      return "ready";
    case BuildStatus::Failed:
      return "failed";
    case BuildStatus::Cancelled:
      return "cancelled";
  }
  return {};
}

std::optional<BuildStatus> buildStatusFromName(std::string_view name) {
  // A service may take its snapshot in a status of its own.
  if (name == "snapshotting") return BuildStatus::Building;
  for (const auto status :
       {BuildStatus::Pending, BuildStatus::Building, BuildStatus::Ready, BuildStatus::Failed, BuildStatus::Cancelled}) {
    if (buildStatusName(status) == name) return status;
  }
  return std::nullopt;
}

}  // namespace terrarium
