// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/events.h"

#include <array>
#include <utility>

namespace terrarium {

namespace {
constexpr std::array<std::pair<OperationKind, const char*>, 7> kKindNames{{{OperationKind::Create, "create"},
                                                                           {OperationKind::Pause, "pause"},
                                                                           {OperationKind::Resume, "resume"},
                                                                           {OperationKind::Delete, "delete"},
                                                                           {OperationKind::BuildTemplate, "build_template"},
                                                                           {OperationKind::Snapshot, "snapshot"},
                                                                           {OperationKind::Fork, "fork"}}};
}

std::string operationKindName(OperationKind kind) {
  for (const auto& [known, name] : kKindNames) {
    if (known == kind) return name;
  }
  return {};
}

std::optional<OperationKind> operationKindFromName(const std::string& name) {
  for (const auto& [kind, known] : kKindNames) {
    if (name == known) return kind;
  }
  return std::nullopt;
}

}  // namespace terrarium
