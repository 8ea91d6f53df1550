// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "backend/engine/lifecycle.h"
#include "backend/support/clock.h"

namespace terrarium {

/// What the loss of its machine makes of a sandbox: it is back at its last snapshot, or failed when there is none. The problem says
/// what is lost.
struct MachineLoss {
  SandboxEvent event;
  Lifecycle::Change change;
};

/// `reason` is a sentence.
[[nodiscard]] MachineLoss lossOf(const SandboxRecord& record, const std::string& reason, WallTime now);

}  // namespace terrarium
