// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/sandboxescontroller.h"

#include <QJsonArray>
#include <QTimer>
#include <chrono>

#include "backend/httpapi/listquery.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/requestjson.h"
#include "backend/wire/sandboxjson.h"

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kAsyncPatience{100};
// The official SDK waits 30 s for an answer.
constexpr std::chrono::milliseconds kPausePatience{25000};

Result<OperationId> operationOf(const Exchange& exchange) {
  const auto operation = exchange.request().header("x-terrarium-operation").toStdString();
  if (operation.empty() || isUuid(operation)) return operation;
  return failure(badRequest("X-Terrarium-Operation", "X-Terrarium-Operation has to be a UUID"));
}
}  // namespace

std::optional<SandboxId> idOf(const RouteCall& call) {
  auto id = SandboxId::parse(call.parameters.value(0).toStdString());
  if (id) return *id;
  call.exchange.respondError(id.error());
  return std::nullopt;
}

void respondWith(Exchange& exchange, const Pending<void>& pending, int status) {
  whenDone(pending, &exchange, [&exchange, status](const Result<void>& result) {
    if (result)
      exchange.respondEmpty(status);
    else
      exchange.respondError(result.error());
  });
}

QString SandboxesController::freshToken(const SandboxId& id) const {
  return QString::fromLatin1(tokens_.issue(id, std::chrono::system_clock::now()));
}

QJsonObject SandboxesController::whole(const SandboxInfo& info) const {
  auto object = toJson(info);
  object.insert(QStringLiteral("access_token"), freshToken(info.id));
  if (!object.contains(QLatin1String("secrets"))) object.insert(QStringLiteral("secrets"), QJsonArray());
  return object;
}

void SandboxesController::create(const RouteCall& call) {
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange](const QByteArray& body) {
    const auto spec = readCreateRequest(body);
    if (!spec) return exchange.respondError(spec.error());
    const auto operation = operationOf(exchange);
    if (!operation) return exchange.respondError(operation.error());
    whenDone(facade_.sandboxes().create(*spec, *operation), &exchange, [this, &exchange](const Result<SandboxInfo>& info) {
      if (info)
        exchange.respond(201, whole(*info));
      else
        exchange.respondError(info.error());
    });
  });
}

void SandboxesController::cancel(const RouteCall& call) {
  respondWith(call.exchange, facade_.sandboxes().cancel(call.parameters.first().toStdString()));
}

void SandboxesController::list(const RouteCall& call) {
  auto& exchange = call.exchange;
  const auto query = readListQuery(exchange.request());
  if (!query) return exchange.respondError(query.error());
  whenDone(facade_.sandboxes().list(*query), &exchange, [&exchange](const Result<SandboxPage>& page) {
    if (!page) return exchange.respondError(page.error());
    exchange.respond(200, "application/json", listJson(page->items),
                     {{"X-Total-Count", QByteArray::number(static_cast<qulonglong>(page->total))}});
  });
}

void SandboxesController::get(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  whenDone(facade_.sandboxes().get(*id), &call.exchange, [this, &exchange = call.exchange](const Result<SandboxInfo>& info) {
    if (info)
      exchange.respond(200, whole(*info));
    else
      exchange.respondError(info.error());
  });
}

void SandboxesController::update(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *id](const QByteArray& body) {
    const auto patch = readPatchRequest(body);
    if (!patch) return exchange.respondError(patch.error());
    respondWith(exchange, facade_.sandboxes().update(id, *patch));
  });
}

void SandboxesController::remove(const RouteCall& call) {
  if (const auto id = idOf(call)) respondWith(call.exchange, facade_.sandboxes().remove(*id));
}

void SandboxesController::pause(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  const bool asynchronous = exchange.request().header("prefer").toLower().contains("respond-async");
  respondWith(exchange, facade_.sandboxes().pause(*id));
  // What is refused is refused within the patience; what is still under way then goes on by itself.
  QTimer::singleShot(asynchronous ? kAsyncPatience : kPausePatience, &exchange, [&exchange, asynchronous] {
    HttpHeaders headers{{"Retry-After", "1"}};
    if (asynchronous) headers.emplaceBack("Preference-Applied", "respond-async");
    exchange.respond(202, QJsonObject{{QStringLiteral("status"), QStringLiteral("pausing")}}, headers);
  });
}

void SandboxesController::resume(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  whenDone(facade_.sandboxes().resume(*id), &call.exchange, [this, &exchange = call.exchange](const Result<SandboxInfo>& info) {
    if (!info) return exchange.respondError(info.error());
    exchange.respond(200, QJsonObject{{QStringLiteral("id"), qtText(info->id.value())},
                                      {QStringLiteral("status"), qtText(wireStatus(info->state))},
                                      {QStringLiteral("access_token"), freshToken(info->id)}});
  });
}

void SandboxesController::activate(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  whenDone(facade_.sandboxes().activate(*id), &call.exchange, [this, &exchange = call.exchange](const Result<SandboxInfo>& info) {
    if (info)
      exchange.respond(200, whole(*info));
    else
      exchange.respondError(info.error());
  });
}

void SandboxesController::fork(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *id](const QByteArray& body) {
    const auto spec = readForkRequest(body);
    if (!spec) return exchange.respondError(spec.error());
    const auto operation = operationOf(exchange);
    if (!operation) return exchange.respondError(operation.error());
    whenDone(facade_.sandboxes().fork(id, *spec, *operation), &exchange,
             [this, &exchange](const Result<std::vector<SandboxInfo>>& clones) {
               if (!clones) return exchange.respondError(clones.error());
               QJsonArray items;
               for (const auto& info : *clones) items.append(whole(info));
               exchange.respond(201, items);
             });
  });
}

}  // namespace terrarium
