// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/snapshotchoice.h"

#include <algorithm>

#include "app/cli/printable.h"

namespace terrarium {

namespace {
constexpr std::size_t kMinPrefix = 4;
}

Result<SnapshotInfo> chooseSnapshot(const std::vector<SnapshotInfo>& snapshots, std::string_view text) {
  std::vector<SnapshotInfo> named;
  std::vector<SnapshotInfo> begun;
  for (const auto& info : snapshots) {
    if (info.id.value() == text) return info;
    if (info.name.value() == text) named.push_back(info);
    if (text.size() >= kMinPrefix && info.id.value().starts_with(text)) begun.push_back(info);
  }
  const auto& found = named.empty() ? begun : named;
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return failure(ErrorCode::NotFound,
                   "There is no snapshot '" + printable(text) + "'. " +
                       (text.size() < kMinPrefix ? "The beginning of an identity needs 4 characters or more. " : "") +
                       "'terrariumctl snapshot list' shows those that exist.");
  }
  std::string candidates;
  for (const auto& info : found) candidates += "\n  " + info.id.value() + "  " + printable(info.name.value());
  return failure(
      badRequest("snapshot", "'" + printable(text) + "' fits several snapshots. Name one of them by its identity:" + candidates));
}

}  // namespace terrarium
