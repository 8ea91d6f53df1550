// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <string>

#include "backend/api/pending.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// The data-plane tokens of the sandboxes, as the replies of the control plane gave them. A missing one is fetched without waking
/// the sandbox. Owned by HttpFacade.
class AccessTokens : public QObject {
  Q_OBJECT
 public:
  explicit AccessTokens(HttpCalls& calls) : calls_(calls) {}

  /// Takes the token out of a sandbox object, when it has one.
  void learn(const QJsonObject& sandbox);
  void forget(const SandboxId& id);
  void clear() { tokens_.clear(); }

  Pending<QString> token(const SandboxId& id);
  /// A fresh one after the server refused `refused`. Requests that run at the same time find the new one already there.
  Pending<QString> renewed(const SandboxId& id, const QString& refused);

 private:
  Pending<QString> fetched(const SandboxId& id);
  HttpCalls& calls_;
  std::map<std::string, QString> tokens_;
};

}  // namespace terrarium
