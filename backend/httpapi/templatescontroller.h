// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// /templates, and building them.
class TemplatesController {
 public:
  explicit TemplatesController(Facade& facade) : facade_(facade) {}

  void list(const RouteCall& call);
  void get(const RouteCall& call);
  /// 200 when it is ready already, else 202.
  void build(const RouteCall& call);
  void cancelBuild(const RouteCall& call);

 private:
  Facade& facade_;
};

/// The template of a path, by UUID or name; answers 400 by itself when it is neither.
[[nodiscard]] std::optional<TemplateRef> templateOf(const RouteCall& call);

}  // namespace terrarium
