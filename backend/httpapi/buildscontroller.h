// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// /templates/{id}/builds and what is under it.
class BuildsController {
 public:
  BuildsController(Facade& facade, const HttpConfig& config) : facade_(facade), config_(config) {}

  void list(const RouteCall& call);
  /// 201, or 200 with the build that is under way already.
  void start(const RouteCall& call);
  void get(const RouteCall& call);
  void cancel(const RouteCall& call);
  /// Server-sent events: what was logged so far, then what comes; with follow=false only the former.
  void log(const RouteCall& call);

 private:
  void withBuild(const RouteCall& call, std::function<void(const TemplateRef&, const BuildInfo&)> next);
  Facade& facade_;
  const HttpConfig& config_;
};

}  // namespace terrarium
