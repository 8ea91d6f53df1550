// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/sandboxstore.h"
#include "backend/support/result.h"

namespace terrarium {

/// Whether commands and files of a sandbox are within reach now; the error says what to do when not. `record` may be null.
[[nodiscard]] Result<void> checkReachable(const SandboxRecord* record);

/// For what was going on in it when it stopped being active.
[[nodiscard]] Error whyItEnded(const SandboxRecord* record);

}  // namespace terrarium
