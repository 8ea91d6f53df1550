// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/templatescontroller.h"

#include <QJsonArray>
#include <QTimer>
#include <chrono>

#include "backend/httpapi/sandboxescontroller.h"
#include "backend/httpapi/templatequery.h"
#include "backend/wire/templatejson.h"

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kBuildPatience{100};
// The contract gives every template an owner; ours all belong to this installation.
const QString kTeam = QStringLiteral("00000000-0000-4000-8000-000000000001");

QJsonObject wireTemplate(const TemplateInfo& info) {
  auto object = toJson(info);
  object.insert(QStringLiteral("team_id"), kTeam);
  return object;
}

void respondTemplate(Exchange& exchange, const Pending<TemplateInfo>& pending) {
  whenDone(pending, &exchange, [&exchange](const Result<TemplateInfo>& info) {
    if (info)
      exchange.respond(200, wireTemplate(*info));
    else
      exchange.respondError(info.error());
  });
}
}  // namespace

std::optional<TemplateRef> templateOf(const RouteCall& call) {
  auto ref = TemplateRef::parse(call.parameters.first().toStdString());
  if (ref) return *ref;
  call.exchange.respondError(ref.error());
  return std::nullopt;
}

void TemplatesController::list(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto query = readTemplateQuery(exchange.request());
  if (!query) return exchange.respondError(query.error());
  whenDone(facade_.templates().list(), &exchange, [&exchange, query = *query](const Result<std::vector<TemplateInfo>>& templates) {
    if (!templates) return exchange.respondError(templates.error());
    const auto page = select(*templates, query);
    QJsonArray items;
    for (const auto& info : page.items) items.append(wireTemplate(info));
    exchange.respond(200, items, {{"X-Total-Count", QByteArray::number(static_cast<qulonglong>(page.total))}});
  });
}

void TemplatesController::get(const RouteCall& call) {
  if (const auto ref = templateOf(call)) respondTemplate(call.exchange, facade_.templates().get(*ref));
}

void TemplatesController::build(const RouteCall& call) {
  const auto ref = templateOf(call);
  if (!ref) return;
  auto& exchange = call.exchange;
  respondTemplate(exchange, facade_.templates().build(*ref));
  // A build outlives any sensible request: what does not end at once is answered with 202 and goes on; events tell the rest.
  QTimer::singleShot(kBuildPatience, &exchange, [this, &exchange, ref = *ref] {
    whenDone(facade_.templates().get(ref), &exchange, [&exchange](const Result<TemplateInfo>& info) {
      if (info) exchange.respond(202, wireTemplate(*info));
    });
  });
}

void TemplatesController::cancelBuild(const RouteCall& call) {
  if (const auto ref = templateOf(call)) respondWith(call.exchange, facade_.templates().cancelBuild(*ref));
}

}  // namespace terrarium
