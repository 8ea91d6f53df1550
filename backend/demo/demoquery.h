// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include "backend/api/sandboxes.h"

namespace terrarium {

/// Answers a query from a complete list that is in order of creation. BadRequest for a status that does not exist.
[[nodiscard]] Result<SandboxPage> pageOf(std::vector<SandboxInfo> all, const SandboxQuery& query);

}  // namespace terrarium
