// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/newsandboxoperation.h"

#include <utility>

namespace terrarium {

Result<void> NewSandboxOperation::checkRoom() const {
  if (parts_.lifecycle.count() < parts_.config.maxSandboxes) return {};
  return failure(ErrorCode::TooManySandboxes, "There are " + std::to_string(parts_.config.maxSandboxes) +
                                                  " sandboxes already, which is the limit. Delete one first.");
}

void NewSandboxOperation::startFrom(SandboxRecord record, const std::string& snapshotId) {
  record.machine = newMachine(id_);
  heldSnapshot_ = parts_.holds.hold(snapshotId);
  undoRow();
  // The row is written while the memory is copied; the machine waits for both.
  wake(record, snapshotId, parts_.lifecycle.admit(record));
}

void NewSandboxOperation::startWith(SandboxRecord record, const WaitingMachine& waiting) {
  record.machine = MachineRecord{waiting.cookie, waiting.running.files};
  undoRow();
  wakeWaiting(record, waiting.running, parts_.lifecycle.admit(record));
}

void NewSandboxOperation::undoRow() {
  undoWith([this] {
    Resolver<void> gone;
    whenDone(parts_.lifecycle.advance(id_, SandboxEvent::DeleteRequested), this, [this, gone](const Result<SandboxInfo>&) {
      whenDone(parts_.lifecycle.advance(id_, SandboxEvent::Deleted), this,
               [gone](const Result<SandboxInfo>&) { gone.resolve({}); });
    });
    return gone.pending();
  });
}

void NewSandboxOperation::awake(const WorkingFiles& files) {
  heldSnapshot_.reset();
  handOver();
  closeToCancel();
  const auto started = parts_.lifecycle.advance(id_, SandboxEvent::Started, [files](SandboxRecord& record) {
    record.machine->files = files;
    record.info.emulated = files.from.facts.accelerator != "kvm";
  });
  await(started, [this](const SandboxInfo& info) {
    info_ = info;
    succeed();
  });
}

void NewSandboxOperation::answer(const std::optional<Error>& error) {
  heldSnapshot_.reset();
  if (error) return result_.resolve(failure(*error));
  result_.resolve(*info_);
}

}  // namespace terrarium
