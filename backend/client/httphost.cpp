// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httphost.h"

#include <QJsonDocument>

#include "backend/wire/hostjson.h"

namespace terrarium {

Pending<HostInfo> HttpHost::info() {
  const Resolver<HostInfo> resolver;
  whenDone(calls_.call({"GET", QStringLiteral("/local/host")}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (answer) return resolver.resolve(hostFromJson(QJsonDocument::fromJson(answer->body).object()));
    if (answer.error().code != ErrorCode::NotFound) return resolver.resolve(failure(answer.error()));
    resolver.resolve(failure(ErrorCode::NotFound, "This service says nothing about the machine that it runs on."));
  });
  return resolver.pending();
}

}  // namespace terrarium
