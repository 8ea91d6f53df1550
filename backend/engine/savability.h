// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/lifecycle.h"
#include "backend/engine/operations/operationrunner.h"

namespace terrarium {

/// Whether a snapshot or fork of it is under way, during which it must not be paused or deleted.
[[nodiscard]] bool isBeingSaved(const OperationRunner& runner, const SandboxId& id);
[[nodiscard]] Error beingSaved();
/// For what cannot be done while any other operation on the sandbox runs.
[[nodiscard]] Error somethingElse();

/// The sandbox when a snapshot or fork of it can begin now. Errors: NotFound, Gone, Conflict, SnapshotInProgress.
[[nodiscard]] Result<SandboxRecord> savable(const Lifecycle& lifecycle, const OperationRunner& runner, const SandboxId& id);

}  // namespace terrarium
