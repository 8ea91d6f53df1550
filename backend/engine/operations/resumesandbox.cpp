// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/resumesandbox.h"

#include <utility>

namespace terrarium {

ResumeSandbox::ResumeSandbox(EngineParts& parts, const SandboxInfo& info)
    : WakingOperation({randomUuid(), OperationKind::Resume, info.id.value(), info.name.value(), kStages}, parts), id_(info.id) {}

void ResumeSandbox::begin() { claim(); }

void ResumeSandbox::claim() {
  // Written before anything is copied, because a second request must be refused from here on.
  const auto machine = newMachine(id_);
  const auto claimed =
      parts_.lifecycle.advance(id_, SandboxEvent::ResumeRequested, [machine](SandboxRecord& record) { record.machine = machine; });
  await(claimed, [this](const SandboxInfo& info) {
    undoClaim();
    const auto* record = parts_.lifecycle.find(id_);
    if (!record) return fail(noSuchSandbox());
    wake(*record, info.snapshotId, settled<SandboxInfo>(info));
  });
}

void ResumeSandbox::undoClaim() {
  undoWith([this] {
    Resolver<void> back;
    const auto problem = reason().code == ErrorCode::Cancelled ? std::string() : "It could not be resumed: " + reason().message;
    const auto changed = parts_.lifecycle.advance(id_, SandboxEvent::ResumeFailed, [problem](SandboxRecord& record) {
      record.machine.reset();
      record.info.problem = problem;
    });
    whenDone(changed, this, [back](const Result<SandboxInfo>&) { back.resolve({}); });
    return back.pending();
  });
}

void ResumeSandbox::awake(const WorkingFiles& files) {
  handOver();
  closeToCancel();
  const auto resumed = parts_.lifecycle.advance(id_, SandboxEvent::Resumed, [files](SandboxRecord& record) {
    record.machine->files = files;
    record.info.emulated = files.from.facts.accelerator != "kvm";
    record.info.pausedAt.reset();
    record.info.problem.clear();
    record.resumeAtStart = false;
  });
  await(resumed, [this](const SandboxInfo& info) {
    info_ = info;
    succeed();
  });
}

void ResumeSandbox::answer(const std::optional<Error>& error) {
  if (error) return result_.resolve(failure(*error));
  result_.resolve(*info_);
}

}  // namespace terrarium
