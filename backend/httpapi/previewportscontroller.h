// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/httpapi/previewtokens.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// The preview ports of a sandbox: which are published, for whom, and tokens for the private ones.
class PreviewPortsController {
 public:
  PreviewPortsController(Facade& facade, const HttpConfig& config) : facade_(facade), config_(config), tokens_(config.tokenSeed) {}

  void list(const RouteCall& call);
  void publish(const RouteCall& call);
  void unpublish(const RouteCall& call);
  void issueToken(const RouteCall& call);
  void rotateToken(const RouteCall& call);

 private:
  /// Calls back with the row of a private port and the sandbox's settings; everything else is answered here.
  void withPrivatePort(const RouteCall& call,
                       const std::function<void(const SandboxId&, const PublishedPort&, const PreviewSettings&)>& next);
  /// Reads the optional body and answers with a fresh token.
  void answerToken(Exchange& exchange, const SandboxId& id, const PublishedPort& port, PreviewAccess sandboxAccess,
                   std::optional<std::chrono::seconds> lifetime);

  Facade& facade_;
  const HttpConfig& config_;
  PreviewTokens tokens_;
};

}  // namespace terrarium
