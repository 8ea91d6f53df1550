// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/execcontroller.h"

#include "backend/httpapi/execcollection.h"
#include "backend/httpapi/execstreaming.h"
#include "backend/httpapi/sandboxescontroller.h"
#include "backend/wire/requestjson.h"

namespace terrarium {

namespace {
constexpr std::chrono::seconds kDefaultTimeout{30};
}

void ExecController::run(const RouteCall& call) {
  auto& exchange = call.exchange;
  exchange.collectBody(config_,
                       [this, &exchange, id = *call.sandbox](const QByteArray& body) { start(exchange, id, body, false); });
}

void ExecController::stream(const RouteCall& call) {
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *call.sandbox](const QByteArray& body) { start(exchange, id, body, true); });
}

void ExecController::runAwake(const RouteCall& call, bool stream) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *id, stream](const QByteArray& body) {
    const auto request = readExecRequest(body);
    if (!request) return exchange.respondError(request.error());
    whenDone(facade_.sandboxes().activate(id), &exchange, [this, &exchange, id, body, stream](const Result<SandboxInfo>& info) {
      if (info)
        start(exchange, id, body, stream);
      else
        exchange.respondError(info.error());
    });
  });
}

void ExecController::start(Exchange& exchange, const SandboxId& id, const QByteArray& body, bool stream) {
  auto request = readExecRequest(body);
  if (!request) return exchange.respondError(request.error());
  if (!request->timeout) request->timeout = kDefaultTimeout;
  auto session = facade_.exec().run(id, *request);
  if (stream)
    new ExecStreaming(exchange, std::move(session), config_.keepAliveInterval);
  else
    new ExecCollection(exchange, std::move(session));
}

}  // namespace terrarium
