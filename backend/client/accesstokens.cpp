// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/accesstokens.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace terrarium {

void AccessTokens::learn(const QJsonObject& sandbox) {
  const auto id = SandboxId::parse(sandbox.value(QLatin1String("id")).toString().toStdString());
  const auto token = sandbox.value(QLatin1String("access_token")).toString();
  if (id && !token.isEmpty()) tokens_[id->value()] = token;
}

void AccessTokens::forget(const SandboxId& id) { tokens_.erase(id.value()); }

Pending<QString> AccessTokens::token(const SandboxId& id) {
  const auto known = tokens_.find(id.value());
  if (known != tokens_.end()) return settled<QString>(known->second);
  return fetched(id);
}

Pending<QString> AccessTokens::renewed(const SandboxId& id, const QString& refused) {
  const auto known = tokens_.find(id.value());
  if (known != tokens_.end() && known->second != refused) return settled<QString>(known->second);
  tokens_.erase(id.value());
  return fetched(id);
}

Pending<QString> AccessTokens::fetched(const SandboxId& id) {
  const Resolver<QString> resolver;
  whenDone(calls_.call({"GET", QStringLiteral("/sandboxes/") + QString::fromStdString(id.value())}), this,
           [this, id, resolver](const Result<HttpAnswer>& answer) {
             if (!answer) return resolver.resolve(failure(answer.error()));
             const auto object = QJsonDocument::fromJson(answer->body).object();
             learn(object);
             const auto token = object.value(QLatin1String("access_token")).toString();
             if (token.isEmpty())
               return resolver.resolve(failure(ErrorCode::NotRunning, "The sandbox is not running. Resume it first."));
             resolver.resolve(token);
           });
  return resolver.pending();
}

}  // namespace terrarium
