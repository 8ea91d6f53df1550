// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include "backend/domain/templateinfo.h"
#include "backend/httpapi/httpmessage.h"
#include "backend/support/result.h"

namespace terrarium {

/// Which templates to list, in which order.
struct TemplateQuery {
  enum class Sort { Name, CreatedAt, BuiltAt, Status, Size };

  std::string namePrefix;
  std::string nameContains;    ///< case does not matter
  std::optional<bool> system;  ///< only the curated ones, or only the others
  Sort sort = Sort::Name;
  std::optional<bool> ascending;  ///< none: names upwards, everything else downwards
  std::optional<int> limit;
  int offset = 0;
};

/// The query of GET /templates. Errors name the parameter.
[[nodiscard]] Result<TemplateQuery> readTemplateQuery(const HttpRequest& request);

struct TemplatePage {
  std::vector<TemplateInfo> items;
  std::size_t total = 0;  ///< matches before limit and offset
};
[[nodiscard]] TemplatePage select(std::vector<TemplateInfo> templates, const TemplateQuery& query);

}  // namespace terrarium
