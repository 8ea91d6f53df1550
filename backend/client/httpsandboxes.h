// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/sandboxes.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// Sandboxes over the control plane. Owned by HttpFacade.
class HttpSandboxes : public QObject, public Sandboxes {
  Q_OBJECT
 public:
  HttpSandboxes(HttpCalls& calls, AccessTokens& tokens) : calls_(calls), tokens_(tokens) {}

  Pending<SandboxInfo> create(const SandboxSpec& spec, const OperationId& operation) override;
  Pending<void> cancel(const OperationId& operation) override;
  Pending<SandboxPage> list(const SandboxQuery& query) override;
  Pending<SandboxInfo> get(const SandboxId& id) override;
  Pending<void> update(const SandboxId& id, const SandboxPatch& patch) override;
  Pending<void> pause(const SandboxId& id) override;
  Pending<SandboxInfo> resume(const SandboxId& id) override;
  Pending<SandboxInfo> activate(const SandboxId& id) override;
  Pending<void> remove(const SandboxId& id) override;
  Pending<std::vector<SandboxInfo>> fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation) override;

 private:
  Pending<SandboxInfo> sandboxAnswer(const HttpQuestion& question);
  Pending<void> emptyAnswer(const HttpQuestion& question);
  void awaitPause(const SandboxId& id, const Resolver<void>& resolver, int attemptsLeft);
  HttpCalls& calls_;
  AccessTokens& tokens_;
};

/// The query string that asks for `query`.
[[nodiscard]] QUrlQuery urlQuery(const SandboxQuery& query);

}  // namespace terrarium
