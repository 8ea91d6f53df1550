// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// Named snapshots: of a sandbox, and each by itself.
class SnapshotsController {
 public:
  SnapshotsController(Facade& facade, const HttpConfig& config) : facade_(facade), config_(config) {}

  void take(const RouteCall& call);
  void listOfSandbox(const RouteCall& call);
  void listAll(const RouteCall& call);
  void get(const RouteCall& call);
  void rename(const RouteCall& call);
  void remove(const RouteCall& call);

 private:
  void list(Exchange& exchange, const std::optional<SandboxId>& sandbox);

  Facade& facade_;
  const HttpConfig& config_;
};

}  // namespace terrarium
