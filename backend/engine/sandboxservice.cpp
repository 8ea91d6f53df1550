// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/sandboxservice.h"

#include <utility>

#include "backend/engine/machineloss.h"
#include "backend/engine/operations/activatesandbox.h"
#include "backend/engine/operations/deletesandbox.h"
#include "backend/engine/operations/forksandbox.h"
#include "backend/engine/operations/resumesandbox.h"
#include "backend/engine/sandboxselection.h"
#include "backend/engine/savability.h"

namespace terrarium {

namespace {

Error stopping() { return Error{ErrorCode::Unavailable, "The engine is stopping. Start it again and repeat this.", {}, {}}; }

ActivityEntry failureOf(const SandboxInfo& info) {
  ActivityEntry entry;
  entry.action = ActivityAction::SandboxFailed;
  entry.sandboxId = info.id.value();
  entry.sandboxName = info.name.value();
  entry.error = info.problem;
  return entry;
}

}  // namespace

SandboxService::SandboxService(EngineParts& parts, OperationRunner& runner, CreateSandbox::BuildTemplate buildTemplate)
    : parts_(parts), runner_(runner), buildTemplate_(std::move(buildTemplate)) {
  connect(&parts.machines, &RunningMachines::machineLost, this,
          [this](const SandboxId& id, const std::string& reason) { lose(id, "Its machine ended by itself: " + reason); });
  connect(&parts.machines, &RunningMachines::agentLost, this,
          [this](const SandboxId& id, const std::string& reason) { lose(id, "Its guest agent is out of reach: " + reason); });
}

Pending<SandboxInfo> SandboxService::create(const SandboxSpec& spec, const OperationId& operation) {
  if (closed_) return settled<SandboxInfo>(failure(stopping()));
  const auto id = OperationRunner::idOr(operation);
  if (const auto free = runner_.checkId(id); !free) return settled<SandboxInfo>(failure(free.error()));
  auto create = std::make_unique<CreateSandbox>(parts_, id, spec, buildTemplate_);
  const auto result = create->result();
  runner_.start(std::move(create));
  return result;
}

Pending<void> SandboxService::cancel(const OperationId& operation) { return runner_.cancel(operation); }

Pending<SandboxPage> SandboxService::list(const SandboxQuery& query) {
  if (const auto good = checkQuery(query); !good) return settled<SandboxPage>(failure(good.error()));
  return settled<SandboxPage>(select(parts_.lifecycle.infos(), query));
}

Pending<SandboxInfo> SandboxService::get(const SandboxId& id) { return settled<SandboxInfo>(known(id)); }

Pending<void> SandboxService::update(const SandboxId& id, const SandboxPatch& patch) {
  Resolver<void> done;
  const auto amended = parts_.lifecycle.amend(
      id, [patch, now = parts_.clock.now()](SandboxRecord& record) { return applyPatch(record, patch, now); });
  whenDone(amended, this, [this, done, patch](const Result<SandboxInfo>& info) {
    if (!info) return done.resolve(failure(info.error()));
    parts_.activity.recordUpdate(*info, patch);
    if (!patch.egress()) return done.resolve({});
    whenDone(applyRules(info->id), this, [done](const Result<void>& applied) { done.resolve(applied); });
  });
  return done.pending();
}

Pending<void> SandboxService::applyRules(const SandboxId& id) {
  const auto* running = parts_.machines.find(id);
  const auto* record = parts_.lifecycle.find(id);
  // One that was paused or deleted meanwhile takes the stored rules when it wakes.
  if (!running || !running->gateway || !record) return settled<void>({});
  return running->gateway->apply(record->info.egress);
}

Pending<void> SandboxService::pause(const SandboxId& id) {
  if (closed_) return settled<void>(failure(stopping()));
  const auto info = allowed(id, SandboxEvent::PauseRequested);
  if (!info) return settled<void>(failure(info.error()));
  if (isBeingSaved(runner_, id)) return settled<void>(failure(beingSaved()));
  auto pause = std::make_unique<PauseSandbox>(parts_, *info, PauseSandbox::Why::Requested);
  const auto result = pause->result();
  runner_.start(std::move(pause));
  return result;
}

Pending<void> SandboxService::pauseForStop(const SandboxId& id) { return pauseUnasked(id, PauseSandbox::Why::EngineStops); }

void SandboxService::pauseForSpace() {
  if (closed_) return;
  for (const auto& record : parts_.lifecycle.all()) {
    // What is being saved is looked at again in a moment.
    if (record.info.state == SandboxState::Active && !runner_.about(record.info.id.value()))
      (void)pauseUnasked(record.info.id, PauseSandbox::Why::SpaceRunsOut);
  }
}

Pending<void> SandboxService::pauseUnasked(const SandboxId& id, PauseSandbox::Why why) {
  const auto info = allowed(id, SandboxEvent::PauseRequested);
  if (!info) return settled<void>({});
  auto pause = std::make_unique<PauseSandbox>(parts_, *info, why);
  const auto result = pause->result();
  runner_.start(std::move(pause));
  return result;
}

Pending<SandboxInfo> SandboxService::resume(const SandboxId& id) {
  if (closed_) return settled<SandboxInfo>(failure(stopping()));
  const auto info = allowed(id, SandboxEvent::ResumeRequested);
  if (!info) return settled<SandboxInfo>(failure(info.error()));
  auto resume = std::make_unique<ResumeSandbox>(parts_, *info);
  const auto result = resume->result();
  runner_.start(std::move(resume));
  return result;
}

Pending<SandboxInfo> SandboxService::activate(const SandboxId& id) {
  if (closed_) return settled<SandboxInfo>(failure(stopping()));
  auto* activate = new ActivateSandbox(parts_, runner_, id, this);
  const auto result = activate->result();
  activate->begin();
  return result;
}

Pending<void> SandboxService::remove(const SandboxId& id) {
  const auto info = known(id);
  if (!info) return settled<void>(failure(info.error()));
  if (isBeingSaved(runner_, id)) return settled<void>(failure(beingSaved()));
  // A transition that nobody works on any more is stuck, and deleting is the way out.
  const bool busy = runner_.about(id.value()) != nullptr;
  if (busy && !isAllowed(SandboxAction::Delete, info->state)) {
    return settled<void>(failure(refused(SandboxEvent::DeleteRequested, info->state)));
  }
  if (runner_.runs(OperationKind::Pause, id.value())) return settled<void>(failure(somethingElse()));
  auto remove = std::make_unique<DeleteSandbox>(parts_, *info);
  const auto result = remove->result();
  runner_.start(std::move(remove));
  return result;
}

Pending<std::vector<SandboxInfo>> SandboxService::fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation) {
  using Clones = std::vector<SandboxInfo>;
  if (closed_) return settled<Clones>(failure(stopping()));
  const auto source = savable(parts_.lifecycle, runner_, id);
  if (!source) return settled<Clones>(failure(source.error()));
  const auto chosen = OperationRunner::idOr(operation);
  if (const auto free = runner_.checkId(chosen); !free) return settled<Clones>(failure(free.error()));
  auto fork = std::make_unique<ForkSandbox>(parts_, runner_, chosen, *source, spec);
  const auto result = fork->result();
  runner_.start(std::move(fork));
  return result;
}

void SandboxService::expire(const SandboxId& id) {
  if (auto* running = runner_.about(id.value())) {
    // When that is undone or finished the state changes, and the deadline is looked at again.
    running->cancel(Error{ErrorCode::Cancelled, "The lifetime of the sandbox is over.", {}, {}});
    // A save leaves the state as it is.
    if (isBeingSaved(runner_, id)) {
      connect(
          running, &Operation::ended, this, [this, id] { expire(id); },
          static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    }
    return;
  }
  if (const auto info = known(id)) runner_.start(std::make_unique<DeleteSandbox>(parts_, *info));
}

Result<SandboxInfo> SandboxService::known(const SandboxId& id) const {
  const auto* record = parts_.lifecycle.find(id);
  if (!record) return failure(noSuchSandbox());
  return record->info;
}

Result<SandboxInfo> SandboxService::allowed(const SandboxId& id, SandboxEvent event) const {
  auto info = known(id);
  if (!info || next(info->state, event)) return info;
  if (info->state == SandboxState::Failed) {
    return failure(ErrorCode::Gone, "The sandbox has failed: " + info->problem);
  }
  return failure(refused(event, info->state));
}

void SandboxService::lose(const SandboxId& id, const std::string& reason) {
  const auto running = parts_.machines.take(id);
  const auto* record = parts_.lifecycle.find(id);
  if (record) {
    const auto loss = lossOf(*record, reason, parts_.clock.now());
    whenDone(parts_.lifecycle.advance(id, loss.event, loss.change), this, [this](const Result<SandboxInfo>& info) {
      if (info) parts_.activity.record(failureOf(*info));
    });
  }
  if (!running) return;
  whenDone(running->machine->end(), this, [this, running, id](const Result<void>&) {
    // A failed one keeps its files until it is deleted, for whoever wants to know why.
    const auto* now = parts_.lifecycle.find(id);
    if (now && now->info.state == SandboxState::Failed) return;
    whenDone(parts_.snapshots.removeWorkDirectory(running->files.workDirectory), this, [](const Result<void>&) {});
  });
}

}  // namespace terrarium
