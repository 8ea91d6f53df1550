// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/templatequery.h"

#include <algorithm>

#include "backend/httpapi/queryvalues.h"

namespace terrarium {

namespace {

Result<void> readChoice(const QString& name, const QString& value, TemplateQuery& query) {
  if (name == QLatin1String("owner")) {
    if (value == QLatin1String("system") || value == QLatin1String("team"))
      query.system = value == QLatin1String("system");
    else if (value != QLatin1String("all"))
      return failure(notOneOf(name, value, "all, team, system"));
  } else if (name == QLatin1String("sort")) {
    using Sort = TemplateQuery::Sort;
    static const QList<std::pair<QLatin1String, Sort>> known{{QLatin1String("name"), Sort::Name},
                                                             {QLatin1String("created_at"), Sort::CreatedAt},
                                                             {QLatin1String("built_at"), Sort::BuiltAt},
                                                             {QLatin1String("status"), Sort::Status},
                                                             {QLatin1String("size"), Sort::Size}};
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.first == value; });
    if (found == known.end()) return failure(notOneOf(name, value, "created_at, name, status, size, built_at"));
    query.sort = found->second;
  } else if (name == QLatin1String("order")) {
    const auto ascending = readAscending(name, value);
    if (!ascending) return failure(ascending.error());
    query.ascending = *ascending;
  }
  return {};
}

bool matches(const TemplateInfo& info, const TemplateQuery& query) {
  if (!info.name.starts_with(query.namePrefix) || (query.system && info.system != *query.system)) return false;
  return QString::fromStdString(info.name).contains(QString::fromStdString(query.nameContains), Qt::CaseInsensitive);
}

bool isBefore(const TemplateInfo& a, const TemplateInfo& b, TemplateQuery::Sort sort) {
  switch (sort) {
    case TemplateQuery::Sort::Name:
      return a.name < b.name;
    case TemplateQuery::Sort::CreatedAt:
      return a.createdAt < b.createdAt;
    case TemplateQuery::Sort::BuiltAt:
      return a.builtAt < b.builtAt;
    case TemplateQuery::Sort::Status:
      return templateStatusName(a.status) < templateStatusName(b.status);
    case TemplateQuery::Sort::Size:
      return a.sizeBytes < b.sizeBytes;
  }
  return false;
}
}  // namespace

Result<TemplateQuery> readTemplateQuery(const HttpRequest& request) {
  TemplateQuery query;
  for (const auto& [name, value] : request.query) {
    if (name == QLatin1String("name_prefix")) {
      query.namePrefix = value.toStdString();
    } else if (name == QLatin1String("q")) {
      query.nameContains = value.toStdString();
    } else if (isPaging(name)) {
      if (const auto read = readPaging(name, value, query); !read) return failure(read.error());
    } else if (const auto read = readChoice(name, value, query); !read) {
      return failure(read.error());
    }
  }
  return query;
}

TemplatePage select(std::vector<TemplateInfo> templates, const TemplateQuery& query) {
  const auto others =
      std::remove_if(templates.begin(), templates.end(), [&](const TemplateInfo& info) { return !matches(info, query); });
  templates.erase(others, templates.end());
  const bool ascending = query.ascending.value_or(query.sort == TemplateQuery::Sort::Name);
  std::stable_sort(templates.begin(), templates.end(), [&](const TemplateInfo& a, const TemplateInfo& b) {
    return ascending ? isBefore(a, b, query.sort) : isBefore(b, a, query.sort);
  });
  TemplatePage page;
  page.total = templates.size();
  const auto first = std::min(static_cast<std::size_t>(query.offset), templates.size());
  const auto count = std::min(query.limit ? static_cast<std::size_t>(*query.limit) : templates.size(), templates.size() - first);
  const auto begin = templates.begin() + static_cast<std::ptrdiff_t>(first);
  page.items.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
  return page;
}

}  // namespace terrarium
