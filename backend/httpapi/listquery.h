// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/sandboxes.h"
#include "backend/httpapi/httpmessage.h"

namespace terrarium {

/// The query of GET /sandboxes. Errors name the parameter: an unknown status or sort, a number that is none, a metadata key given
/// twice.
[[nodiscard]] Result<SandboxQuery> readListQuery(const HttpRequest& request);

}  // namespace terrarium
