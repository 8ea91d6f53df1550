// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/activitycontroller.h"

#include <QDateTime>
#include <QJsonArray>

#include "backend/httpapi/queryvalues.h"
#include "backend/wire/activityjson.h"

namespace terrarium {

namespace {
Result<WallTime> readTime(const QString& name, const QString& value) {
  const auto time = QDateTime::fromString(value, Qt::ISODateWithMs);
  // Without a zone it would be read in the engine's.
  if (time.isValid() && time.timeSpec() != Qt::LocalTime) return WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
  const auto field = name.toStdString();
  return failure(badRequest(field, field + " has to be a time such as 2026-01-02T03:04:05Z, not '" + value.toStdString() + "'"));
}

Result<void> readParameter(const QString& name, const QString& value, ActivityQuery& query) {
  if (name == QLatin1String("category")) {
    query.category = value.toStdString();
    if (!isActivityCategory(query.category)) return failure(notOneOf(name, value, "sandbox, network, exec, template, secret"));
  } else if (name == QLatin1String("status")) {
    query.status = value.toStdString();
    if (query.status != "success" && query.status != "error") return failure(notOneOf(name, value, "success, error"));
  } else if (name == QLatin1String("q")) {
    query.contains = value.toStdString();
  } else if (name == QLatin1String("sandbox_id")) {
    const auto id = SandboxId::parse(value.toStdString());
    if (!id) return failure(badRequest("sandbox_id", id.error().message));
    query.sandboxId = id->value();
  } else if (name == QLatin1String("start") || name == QLatin1String("end")) {
    const auto time = readTime(name, value);
    if (!time) return failure(time.error());
    (name == QLatin1String("start") ? query.from : query.until) = *time;
  } else if (isPaging(name)) {
    return readPaging(name, value, query);
  }
  return {};
}
}  // namespace

Result<ActivityQuery> readActivityQuery(const HttpRequest& request) {
  ActivityQuery query;
  for (const auto& [name, value] : request.query) {
    if (const auto read = readParameter(name, value, query); !read) return failure(read.error());
  }
  return query;
}

void ActivityController::list(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto query = readActivityQuery(exchange.request());
  if (!query) return exchange.respondError(query.error());
  whenDone(facade_.activity().list(*query), &exchange, [&exchange](const Result<ActivityPage>& page) {
    if (!page) return exchange.respondError(page.error());
    QJsonArray items;
    for (const auto& entry : page->items) items.append(toJson(entry));
    exchange.respond(200, items, {{"X-Total-Count", QByteArray::number(static_cast<qulonglong>(page->total))}});
  });
}

}  // namespace terrarium
