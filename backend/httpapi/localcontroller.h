// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// What is ours beside the contract: health, host and the stream of events.
class LocalController {
 public:
  LocalController(Facade& facade, const HttpConfig& config) : facade_(facade), config_(config) {}

  void health(const RouteCall& call);
  void host(const RouteCall& call);
  void events(const RouteCall& call);

 private:
  Facade& facade_;
  const HttpConfig& config_;
};

}  // namespace terrarium
