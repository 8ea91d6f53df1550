// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/savability.h"

namespace terrarium {

bool isBeingSaved(const OperationRunner& runner, const SandboxId& id) {
  return runner.runs(OperationKind::Snapshot, id.value()) || runner.runs(OperationKind::Fork, id.value());
}

Error beingSaved() {
  return Error{ErrorCode::SnapshotInProgress, "A snapshot of this sandbox is being taken. Try again in a moment.", {}, {}};
}

Error somethingElse() {
  return Error{ErrorCode::Conflict, "Something else is being done with this sandbox. Try again in a moment.", {}, {}};
}

Result<SandboxRecord> savable(const Lifecycle& lifecycle, const OperationRunner& runner, const SandboxId& id) {
  const auto* record = lifecycle.find(id);
  if (!record) return failure(noSuchSandbox());
  const auto state = record->info.state;
  if (state == SandboxState::Failed) return failure(ErrorCode::Gone, "The sandbox has failed: " + record->info.problem);
  if (!isAllowed(SandboxAction::Snapshot, state)) {
    return failure(ErrorCode::Conflict, "The sandbox is " + std::string(phaseName(state)) +
                                            "; it can be saved when it is active or paused. Try again when that is finished.");
  }
  if (isBeingSaved(runner, id)) return failure(beingSaved());
  // It may have begun and not be written yet.
  if (runner.about(id.value())) return failure(somethingElse());
  return *record;
}

}  // namespace terrarium
