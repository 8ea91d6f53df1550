// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/localcontroller.h"

#include "backend/httpapi/eventstream.h"
#include "backend/wire/hostjson.h"

namespace terrarium {

void LocalController::health(const RouteCall& call) {
  call.exchange.respond(
      200, QJsonObject{{QStringLiteral("status"), QStringLiteral("ok")}, {QStringLiteral("version"), config_.version}});
}

void LocalController::host(const RouteCall& call) {
  whenDone(facade_.host().info(), &call.exchange, [&exchange = call.exchange](const Result<HostInfo>& info) {
    if (info)
      exchange.respond(200, toJson(*info));
    else
      exchange.respondError(info.error());
  });
}

void LocalController::events(const RouteCall& call) { new EventStream(call.exchange, facade_.events(), config_.keepAliveInterval); }

}  // namespace terrarium
