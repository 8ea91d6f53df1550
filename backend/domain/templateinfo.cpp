// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/templateinfo.h"

namespace terrarium {

std::string_view templateStatusName(TemplateStatus status) {
  switch (status) {
    case TemplateStatus::Pending:
      return "pending";
    case TemplateStatus::Building:
      return "building";
    case TemplateStatus::Ready:
      return "ready";
    case TemplateStatus::Failed:
      return "failed";
  }
  return {};
}

std::optional<TemplateStatus> templateStatusFromName(std::string_view name) {
  for (const auto status : {TemplateStatus::Pending, TemplateStatus::Building, TemplateStatus::Ready, TemplateStatus::Failed}) {
    if (templateStatusName(status) == name) return status;
  }
  return std::nullopt;
}

}  // namespace terrarium
