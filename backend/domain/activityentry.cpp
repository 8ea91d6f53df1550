// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/activityentry.h"

#include <algorithm>
#include <array>

namespace terrarium {

namespace {

struct Row {
  ActivityAction action;
  std::string_view category;
  std::string_view name;
};

constexpr std::array kRows{
    Row{ActivityAction::SandboxStarted, "sandbox", "started"},
    Row{ActivityAction::SandboxPaused, "sandbox", "paused"},
    Row{ActivityAction::SandboxResumed, "sandbox", "resumed"},
    Row{ActivityAction::SandboxDeleted, "sandbox", "deleted"},
    Row{ActivityAction::SandboxFailed, "sandbox", "failed"},
    Row{ActivityAction::SandboxForked, "sandbox", "forked"},
    Row{ActivityAction::SnapshotTaken, "sandbox", "snapshot_taken"},
    Row{ActivityAction::MetadataUpdated, "sandbox", "metadata_updated"},
    Row{ActivityAction::AutoDeleteUpdated, "sandbox", "auto_delete_updated"},
    Row{ActivityAction::TimeoutUpdated, "sandbox", "timeout_updated"},
    Row{ActivityAction::NetworkUpdated, "network", "updated"},
    Row{ActivityAction::CommandExecuted, "exec", "executed"},
    Row{ActivityAction::TemplateCreated, "template", "created"},
    Row{ActivityAction::BuildStarted, "template", "build_started"},
    Row{ActivityAction::BuildCancelled, "template", "build_cancelled"},
    Row{ActivityAction::TemplateDeleted, "template", "deleted"},
    Row{ActivityAction::SecretCreated, "secret", "created"},
    Row{ActivityAction::SecretRotated, "secret", "rotated"},
    Row{ActivityAction::SecretDeleted, "secret", "deleted"},
    Row{ActivityAction::SecretAttached, "secret", "attached"},
    Row{ActivityAction::SecretDetached, "secret", "detached"},
};

const Row& rowOf(ActivityAction action) {
  return *std::find_if(kRows.begin(), kRows.end(), [action](const Row& row) { return row.action == action; });
}

}  // namespace

std::string_view categoryName(ActivityAction action) { return rowOf(action).category; }

std::string_view actionName(ActivityAction action) { return rowOf(action).name; }

std::optional<ActivityAction> activityActionFromNames(std::string_view category, std::string_view action) {
  const auto found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.category == category && row.name == action; });
  if (found == kRows.end()) return std::nullopt;
  return found->action;
}

bool isActivityCategory(std::string_view name) {
  return std::any_of(kRows.begin(), kRows.end(), [name](const Row& row) { return row.category == name; });
}

}  // namespace terrarium
