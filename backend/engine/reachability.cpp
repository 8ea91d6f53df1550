// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/reachability.h"

#include "backend/engine/lifecycle.h"

namespace terrarium {

Result<void> checkReachable(const SandboxRecord* record) {
  if (!record) return failure(noSuchSandbox());
  const auto state = record->info.state;
  switch (state) {
    case SandboxState::Active:
      return {};
    case SandboxState::Paused:
      return failure(ErrorCode::NotRunning, "sandbox is paused");
    case SandboxState::Failed:
      return failure(ErrorCode::Gone, "The sandbox has failed: " + record->info.problem);
    case SandboxState::Pausing:
      return failure(ErrorCode::NotRunning, "sandbox is being paused");
    case SandboxState::Starting:
    case SandboxState::Resuming:
      return failure(ErrorCode::Unavailable, "The sandbox is not ready yet. Try again in a moment.");
    case SandboxState::Deleting:
    case SandboxState::Deleted:
      return failure(noSuchSandbox());
  }
  return failure(noSuchSandbox());
}

Error whyItEnded(const SandboxRecord* record) {
  // Paused with a problem: the machine was lost, and the sandbox is back at its snapshot.
  if (record && record->info.state == SandboxState::Paused && !record->info.problem.empty()) {
    return Error{ErrorCode::Gone, record->info.problem, {}, {}};
  }
  const auto reachable = checkReachable(record);
  return reachable ? Error{ErrorCode::Unavailable, "The sandbox was not active for a moment. Try again.", {}, {}}
                   : reachable.error();
}

}  // namespace terrarium
