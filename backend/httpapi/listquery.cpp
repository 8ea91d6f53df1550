// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/listquery.h"

#include "backend/httpapi/queryvalues.h"

namespace terrarium {

namespace {
const QLatin1String kMetadataPrefix("metadata.");

Result<void> readChoice(const QString& name, const QString& value, SandboxQuery& query) {
  const auto refuse = [&](const char* accepted) { return failure(notOneOf(name, value, accepted)); };
  if (name == QLatin1String("status")) {
    static const QStringList known{QStringLiteral("active"), QStringLiteral("paused"), QStringLiteral("resuming"),
                                   QStringLiteral("failed")};
    if (!known.contains(value)) return refuse("active, paused, resuming, failed");
    query.status = value.toStdString();
  } else if (name == QLatin1String("sort")) {
    if (value == QLatin1String("created_at"))
      query.sort = SandboxSort::CreatedAt;
    else if (value == QLatin1String("name"))
      query.sort = SandboxSort::Name;
    else if (value == QLatin1String("status"))
      query.sort = SandboxSort::Status;
    else
      return refuse("created_at, name, status");
  } else if (name == QLatin1String("order")) {
    const auto ascending = readAscending(name, value);
    if (!ascending) return failure(ascending.error());
    query.ascending = *ascending;
  }
  return {};
}
}  // namespace

Result<SandboxQuery> readListQuery(const HttpRequest& request) {
  SandboxQuery query;
  for (const auto& [name, value] : request.query) {
    if (name.startsWith(kMetadataPrefix)) {
      const auto key = name.mid(kMetadataPrefix.size()).toStdString();
      if (!query.metadata.emplace(key, value.toStdString()).second) {
        return failure(
            badRequest(name.toStdString(), name.toStdString() + " is given twice; each metadata key may be filtered once"));
      }
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

}  // namespace terrarium
