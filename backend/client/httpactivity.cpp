// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpactivity.h"

#include <QJsonArray>
#include <QJsonDocument>

#include "backend/wire/activityjson.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
QUrlQuery parametersOf(const ActivityQuery& query) {
  QUrlQuery parameters;
  const auto add = [&parameters](const char* name, const QString& value) {
    if (!value.isEmpty()) parameters.addQueryItem(QLatin1String(name), QString::fromLatin1(QUrl::toPercentEncoding(value)));
  };
  add("category", qtText(query.category));
  add("status", qtText(query.status));
  add("q", qtText(query.contains));
  add("sandbox_id", qtText(query.sandboxId));
  if (query.from) add("start", toJson(*query.from));
  if (query.until) add("end", toJson(*query.until));
  add("limit", QString::number(query.limit));
  add("offset", QString::number(query.offset));
  return parameters;
}
}  // namespace

Pending<ActivityPage> HttpActivity::list(const ActivityQuery& query) {
  const Resolver<ActivityPage> resolver;
  whenDone(calls_.call({"GET", QStringLiteral("/activity"), parametersOf(query)}), this,
           [resolver](const Result<HttpAnswer>& answer) {
             if (!answer) return resolver.resolve(failure(answer.error()));
             ActivityPage page;
             for (const auto& item : QJsonDocument::fromJson(answer->body).array()) {
               if (auto entry = activityFromJson(item.toObject())) page.items.push_back(std::move(*entry));
             }
             bool isNumber = false;
             const auto total = answer->header("x-total-count").toULongLong(&isNumber);
             page.total = isNumber ? static_cast<std::size_t>(total) : page.items.size();
             resolver.resolve(std::move(page));
           });
  return resolver.pending();
}

}  // namespace terrarium
