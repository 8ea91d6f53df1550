// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "backend/domain/machinesize.h"
#include "backend/support/clock.h"

namespace terrarium {

enum class TemplateStatus { Pending, Building, Ready, Failed };

/// pending, building, ready, failed.
[[nodiscard]] std::string_view templateStatusName(TemplateStatus status);
[[nodiscard]] std::optional<TemplateStatus> templateStatusFromName(std::string_view name);

/// What everybody may see of a template.
struct TemplateInfo {
  std::string id;  ///< UUID
  std::string name;
  TemplateStatus status = TemplateStatus::Pending;
  MachineSize size = MachineSize::standard();
  bool system = false;           ///< one of the curated set
  std::string description = {};  ///< what it holds, one sentence
  std::int64_t sizeBytes = 0;    ///< allocated on disk; 0 while not built
  std::string problem = {};      ///< "<code>: <detail>" of the last failed build
  WallTime createdAt = {};
  std::optional<WallTime> builtAt = {};
  std::string latestBuildId = {};
  bool operator==(const TemplateInfo&) const = default;
};

}  // namespace terrarium
