// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backend/support/clock.h"

namespace terrarium {

enum class BuildStatus { Pending, Building, Ready, Failed, Cancelled };

/// pending, building, ready, failed, cancelled.
[[nodiscard]] std::string_view buildStatusName(BuildStatus status);
[[nodiscard]] std::optional<BuildStatus> buildStatusFromName(std::string_view name);

/// One run of a template's build.
struct BuildInfo {
  std::string id;  ///< UUID; its operation has the same
  std::string templateId;
  BuildStatus status = BuildStatus::Pending;
  std::string specHash = {};  ///< hex SHA-256 of what it is built from; the same for the same specification
  std::string problem = {};   ///< "<code>: <detail>" when it failed
  WallTime createdAt = {};
  std::optional<WallTime> startedAt = {};
  std::optional<WallTime> finalizedAt = {};

  [[nodiscard]] bool isOver() const { return status != BuildStatus::Pending && status != BuildStatus::Building; }
  bool operator==(const BuildInfo&) const = default;
};

struct BuildLogLine {
  WallTime at;
  std::string stream;  ///< stdout, stderr, system
  std::string text;
  bool operator==(const BuildLogLine&) const = default;
};

}  // namespace terrarium
