// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/activity.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// GET /activity.
class ActivityController {
 public:
  explicit ActivityController(Facade& facade) : facade_(facade) {}

  void list(const RouteCall& call);

 private:
  Facade& facade_;
};

/// Its query. Errors name the parameter: an unknown category or status, a number or time that is none.
[[nodiscard]] Result<ActivityQuery> readActivityQuery(const HttpRequest& request);

}  // namespace terrarium
