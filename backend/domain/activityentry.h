// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "backend/support/clock.h"

namespace terrarium {

/// What can be found in the activity log.
enum class ActivityAction {
  SandboxStarted,
  SandboxPaused,
  SandboxResumed,
  SandboxDeleted,
  SandboxFailed,
  SandboxForked,
  SnapshotTaken,
  MetadataUpdated,
  AutoDeleteUpdated,
  TimeoutUpdated,
  NetworkUpdated,
  CommandExecuted,
  TemplateCreated,
  BuildStarted,
  BuildCancelled,
  TemplateDeleted,
  SecretCreated,
  SecretRotated,
  SecretDeleted,
  SecretAttached,
  SecretDetached,
};

/// sandbox, network, exec, template, secret.
[[nodiscard]] std::string_view categoryName(ActivityAction action);
/// Unique only within its category: started, paused, updated, ...
[[nodiscard]] std::string_view actionName(ActivityAction action);
[[nodiscard]] std::optional<ActivityAction> activityActionFromNames(std::string_view category, std::string_view action);
[[nodiscard]] bool isActivityCategory(std::string_view name);

/// Something that was done, or that was tried and failed. Names are those of that moment, since the thing may be gone.
struct ActivityEntry {
  std::string id = {};  ///< UUID
  WallTime createdAt = {};
  ActivityAction action = ActivityAction::SandboxStarted;
  std::string sandboxId = {};
  std::string sandboxName = {};
  std::string templateId = {};
  std::string secretId = {};
  std::string secretName = {};
  std::optional<std::chrono::milliseconds> duration = {};
  std::string error = {};                            ///< why it failed; empty: it succeeded
  std::map<std::string, std::string> metadata = {};  ///< what else is worth knowing: command, exit_code, template_name

  [[nodiscard]] std::string_view status() const { return error.empty() ? "success" : "error"; }
  bool operator==(const ActivityEntry&) const = default;
};

}  // namespace terrarium
