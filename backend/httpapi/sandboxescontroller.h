// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/accesstokens.h"
#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// /sandboxes and what is under it, except exec and files.
class SandboxesController {
 public:
  SandboxesController(Facade& facade, const AccessTokens& tokens, const HttpConfig& config)
      : facade_(facade), tokens_(tokens), config_(config) {}

  void create(const RouteCall& call);
  void cancel(const RouteCall& call);
  void list(const RouteCall& call);
  void get(const RouteCall& call);
  void update(const RouteCall& call);
  void remove(const RouteCall& call);
  void pause(const RouteCall& call);
  void resume(const RouteCall& call);
  void activate(const RouteCall& call);
  void fork(const RouteCall& call);

 private:
  /// The whole object, with token and secrets.
  [[nodiscard]] QJsonObject whole(const SandboxInfo& info) const;
  [[nodiscard]] QString freshToken(const SandboxId& id) const;

  Facade& facade_;
  const AccessTokens& tokens_;
  const HttpConfig& config_;
};

/// The sandbox id of a path; answers 400 by itself when it is none.
[[nodiscard]] std::optional<SandboxId> idOf(const RouteCall& call);

/// Answers `status` without a body, or the error.
void respondWith(Exchange& exchange, const Pending<void>& pending, int status = 204);

}  // namespace terrarium
