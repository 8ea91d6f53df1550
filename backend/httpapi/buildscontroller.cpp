// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/buildscontroller.h"

#include <QJsonArray>
#include <algorithm>

#include "backend/httpapi/buildlogstream.h"
#include "backend/httpapi/queryvalues.h"
#include "backend/httpapi/sandboxescontroller.h"
#include "backend/httpapi/templatescontroller.h"
#include "backend/wire/buildjson.h"

namespace terrarium {

namespace {
constexpr int kDefaultLimit = 20;
constexpr int kMostBuilds = 100;
}  // namespace

void BuildsController::list(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto ref = templateOf(call);
  if (!ref) return;
  const auto text = exchange.request().queryValue(QStringLiteral("limit"));
  const auto limit = text ? readNumber(QStringLiteral("limit"), *text, 1) : Result<int>(kDefaultLimit);
  if (!limit) return exchange.respondError(limit.error());
  whenDone(facade_.templates().builds(*ref), &exchange,
           [&exchange, limit = std::min(*limit, kMostBuilds)](const Result<std::vector<BuildInfo>>& builds) {
             if (!builds) return exchange.respondError(builds.error());
             QJsonArray items;
             for (const auto& build : *builds) {
               if (items.size() < limit) items.append(toJson(build));
             }
             exchange.respond(200, items, {{"X-Total-Count", QByteArray::number(static_cast<qulonglong>(builds->size()))}});
           });
}

void BuildsController::start(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto ref = templateOf(call);
  if (!ref) return;
  const auto asked = facade_.templates().builds(*ref);
  whenDone(asked, &exchange, [this, &exchange, ref = *ref](const Result<std::vector<BuildInfo>>& before) {
    if (!before) return exchange.respondError(before.error());
    if (!before->empty() && !before->front().isOver()) return exchange.respond(200, toJson(before->front()));
    // It goes on by itself; only a refusal at once is of interest here.
    whenDone(facade_.templates().build(ref), &exchange, [&exchange](const Result<TemplateInfo>& built) {
      if (!built) exchange.respondError(built.error());
    });
    whenDone(facade_.templates().builds(ref), &exchange, [&exchange](const Result<std::vector<BuildInfo>>& now) {
      if (!now) return exchange.respondError(now.error());
      if (!now->empty()) exchange.respond(201, toJson(now->front()));
    });
  });
}

void BuildsController::withBuild(const RouteCall& call, std::function<void(const TemplateRef&, const BuildInfo&)> next) {
  auto& exchange = call.exchange;
  const auto ref = templateOf(call);
  if (!ref) return;
  whenDone(facade_.templates().builds(*ref), &exchange,
           [&exchange, ref = *ref, id = call.parameters.value(1).toStdString(),
            next = std::move(next)](const Result<std::vector<BuildInfo>>& builds) {
             if (!builds) return exchange.respondError(builds.error());
             const auto found =
                 std::find_if(builds->begin(), builds->end(), [&](const BuildInfo& build) { return build.id == id; });
             if (found == builds->end()) {
               return exchange.respondError(Error{ErrorCode::NotFound, "This template has no such build.", {}, {}});
             }
             next(ref, *found);
           });
}

void BuildsController::get(const RouteCall& call) {
  withBuild(call,
            [&exchange = call.exchange](const TemplateRef&, const BuildInfo& build) { exchange.respond(200, toJson(build)); });
}

void BuildsController::cancel(const RouteCall& call) {
  withBuild(call, [this, &exchange = call.exchange](const TemplateRef& ref, const BuildInfo& build) {
    if (build.isOver()) return exchange.respondEmpty(204);
    respondWith(exchange, facade_.templates().cancelBuild(ref));
  });
}

void BuildsController::log(const RouteCall& call) {
  withBuild(call, [this, &exchange = call.exchange](const TemplateRef& ref, const BuildInfo& build) {
    const auto& request = exchange.request();
    const auto text = request.queryValue(QStringLiteral("from")).value_or(QStringLiteral("0"));
    const auto from = readNumber(QStringLiteral("from"), text, 0);
    if (!from) return exchange.respondError(from.error());
    const bool follows = request.queryValue(QStringLiteral("follow")) != QStringLiteral("false");
    new BuildLogStream(exchange, facade_, ref, build.id, static_cast<std::size_t>(*from), follows, config_.keepAliveInterval);
  });
}

}  // namespace terrarium
