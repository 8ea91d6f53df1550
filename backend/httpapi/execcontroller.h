// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// POST /exec and /exec/stream on both planes. A client that goes away ends its command.
class ExecController {
 public:
  ExecController(Facade& facade, const HttpConfig& config) : facade_(facade), config_(config) {}

  void run(const RouteCall& call);
  void stream(const RouteCall& call);
  /// The control plane's form: resumes a paused sandbox first.
  void runAwake(const RouteCall& call, bool stream);

 private:
  void start(Exchange& exchange, const SandboxId& id, const QByteArray& body, bool stream);
  Facade& facade_;
  const HttpConfig& config_;
};

}  // namespace terrarium
