// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include "backend/api/sandboxes.h"
#include "backend/engine/ports/sandboxstore.h"

namespace terrarium {

/// BadRequest for a status that does not exist.
[[nodiscard]] Result<void> checkQuery(const SandboxQuery& query);
/// Which of them, in which order.
[[nodiscard]] SandboxPage select(std::vector<const SandboxInfo*> infos, const SandboxQuery& query);
/// Applies a patch, or says why that is not possible now.
[[nodiscard]] Result<void> applyPatch(SandboxRecord& record, const SandboxPatch& patch, WallTime now);

}  // namespace terrarium
