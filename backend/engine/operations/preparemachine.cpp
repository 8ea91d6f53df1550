// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/preparemachine.h"

#include <utility>

#include "backend/engine/operations/timelimit.h"

namespace terrarium {

namespace {

OperationSubject subjectFor(const SandboxId& id) {
  return {randomUuid(), OperationKind::Create, id.value(), {}, WakingOperation::kStages + 2};
}

SandboxRecord nobody(const std::string& id, const TemplateRecord& source) {
  SandboxInfo info{*SandboxId::parse(id),
                   *SandboxName::parse("waiting"),
                   SandboxState::Starting,
                   source.info.id,
                   source.info.name,
                   source.info.size,
                   {}};
  SandboxRecord record{info};
  record.defaults = source.defaults;
  return record;
}

}  // namespace

PrepareMachine::PrepareMachine(EngineParts& parts, const TemplateRecord& source)
    : WakingOperation(subjectFor(SandboxId::random()), parts), source_(source), nobody_(nobody(subject().id, source)) {
  nobody_.machine = newMachine(nobody_.info.id);
}

void PrepareMachine::begin() {
  heldSnapshot_ = parts_.holds.hold(source_.snapshotId);
  wake(nobody_, source_.snapshotId, settled<SandboxInfo>(nobody_.info));
}

void PrepareMachine::awake(const WorkingFiles& files) {
  nobody_.machine->files = files;
  rehearsal_ = running().agent->run(ExecRequest{"true", {}, {}, {}, {}, false});
  Resolver<void> ran;
  connect(rehearsal_.get(), &ExecSession::finished, this, [ran](const ExecResult&) { ran.resolve({}); });
  connect(rehearsal_.get(), &ExecSession::failed, this, [ran](const Error& error) { ran.resolve(failure(error)); });
  awaitAbandonable(within(parts_.config.agentLimit, ran.pending(), this, "A first command did not end in time."),
                   [this] { standStill(); });
}

void PrepareMachine::standStill() {
  rehearsal_.reset();
  if (!enter("Standing still")) return;
  await(running().machine->standStill(), [this] {
    closeToCancel();
    running().machine->disconnect(this);
    succeed();
  });
}

void PrepareMachine::answer(const std::optional<Error>& error) {
  heldSnapshot_.reset();
  if (error) return result_.resolve(failure(*error));
  result_.resolve(WaitingMachine{nobody_.info.id, nobody_.machine->cookie, source_.snapshotId, running()});
}

}  // namespace terrarium
