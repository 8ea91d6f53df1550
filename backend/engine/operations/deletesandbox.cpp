// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/deletesandbox.h"

#include "backend/engine/operations/forall.h"

namespace terrarium {

DeleteSandbox::DeleteSandbox(EngineParts& parts, const SandboxInfo& info)
    : Operation({randomUuid(), OperationKind::Delete, info.id.value(), info.name.value(), 4}), parts_(parts), id_(info.id) {
  closeToCancel();
}

void DeleteSandbox::begin() { claim(); }

void DeleteSandbox::claim() {
  const auto* record = parts_.lifecycle.find(id_);
  if (!record) return fail(noSuchSandbox());
  // Left over from an attempt that could not erase the row.
  if (record->info.state == SandboxState::Deleting) return endMachine();
  await(parts_.lifecycle.advance(id_, SandboxEvent::DeleteRequested), [this](const SandboxInfo&) { endMachine(); });
}

void DeleteSandbox::endMachine() {
  if (!enter("Ending the machine")) return;
  const auto* record = parts_.lifecycle.find(id_);
  if (!record) return fail(noSuchSandbox());
  if (record->machine) workDirectory_ = record->machine->files.workDirectory;
  for (const auto& snapshot : {record->info.snapshotId, record->pendingSnapshotId}) {
    if (!snapshot.empty()) snapshots_.push_back(snapshot);
  }
  const auto running = parts_.machines.take(id_);
  if (!running) return removeWorkDirectory();
  whenDone(running->machine->end(), this, [this, running](const Result<void>&) { removeWorkDirectory(); });
}

void DeleteSandbox::removeWorkDirectory() {
  if (!enter("Removing memory and disk")) return;
  if (workDirectory_.isEmpty()) return removeSnapshots();
  // A file that resists is swept at the next start; it must not keep the sandbox alive.
  whenDone(parts_.snapshots.removeWorkDirectory(workDirectory_), this, [this](const Result<void>&) { removeSnapshots(); });
}

void DeleteSandbox::removeSnapshots() {
  if (!enter("Removing snapshots")) return;
  const auto removed =
      forAll<std::string>(this, snapshots_, 1, [this](const std::string& snapshot) { return parts_.holds.retire(snapshot); });
  whenDone(removed, this, [this](const Result<void>&) { eraseRow(); });
}

void DeleteSandbox::eraseRow() {
  if (!enter("Forgetting it")) return;
  await(parts_.lifecycle.advance(id_, SandboxEvent::Deleted), [this](const SandboxInfo&) { succeed(); });
}

void DeleteSandbox::answer(const std::optional<Error>& error) {
  if (error) return result_.resolve(failure(*error));
  result_.resolve({});
}

}  // namespace terrarium
