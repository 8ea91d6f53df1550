// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/sandboxengine.h"

#include <QDebug>
#include <utility>

#include "backend/engine/operations/forall.h"

namespace terrarium {

SandboxEngine::SandboxEngine(const EnginePorts& ports, EngineConfig config)
    : config_(std::move(config)),
      activity_(ports.activityStore, ports.clock, events_),
      lifecycle_(ports.sandboxStore, events_),
      machines_(events_),
      holds_(ports.snapshots),
      namedSnapshots_(ports.snapshotStore),
      catalog_(ports.templateStore, ports.images, ports.snapshots, holds_, ports.hypervisor, ports.clock, events_),
      parts_{ports.hypervisor, ports.snapshots, ports.agents, ports.gateways, ports.images, ports.clock,     config_,  events_,
             lifecycle_,       machines_,       catalog_,     waiting_,       holds_,       namedSnapshots_, activity_},
      waiting_(parts_),
      runner_(events_),
      idleWork_(runner_, waiting_, ports.snapshots, config_),
      templates_(parts_, runner_),
      sandboxes_(parts_, runner_,
                 [this](const TemplateRef& ref) {
                   whenDone(templates_.build(ref), this, [ref](const Result<TemplateInfo>& built) {
                     if (!built) qWarning("Template %s could not be built: %s", ref.value().c_str(), built.error().message.c_str());
                   });
                 }),
      snapshots_(parts_, runner_),
      exec_(lifecycle_, machines_, activity_),
      files_(lifecycle_, machines_),
      ports_(lifecycle_, machines_),
      templateCheck_(catalog_, ports.snapshots, ports.clock),
      host_(ports.hypervisor, ports.snapshots, waiting_, templateCheck_, config_),
      wakeWatch_(lifecycle_, machines_, ports.clock),
      expiry_(lifecycle_, ports.clock, config_.deadlineRecheck),
      space_(lifecycle_, ports.snapshots, config_),
      recovery_(parts_, ports.sandboxStore) {
  connect(&waiting_, &WaitingMachines::changed, this, &SandboxEngine::deadlinesChanged);
  connect(&expiry_, &ExpiryWatch::deadlinePassed, &sandboxes_, &SandboxService::expire);
  connect(&space_, &SpaceWatch::spaceRunsOut, &sandboxes_, &SandboxService::pauseForSpace);
}

SandboxEngine::~SandboxEngine() = default;

Pending<void> SandboxEngine::start() {
  Resolver<void> done;
  whenDone(catalog_.load(), this, [this, done](const Result<void>& loaded) {
    if (!loaded) return done.resolve(failure(loaded.error()));
    whenDone(namedSnapshots_.load(), this, [this, done](const Result<void>& known) {
      if (!known) return done.resolve(failure(known.error()));
      recover(done);
    });
  });
  return done.pending();
}

void SandboxEngine::recover(const Resolver<void>& done) {
  whenDone(recovery_.run(), this, [this, done](const Result<void>& recovered) {
    if (!recovered) return done.resolve(failure(recovered.error()));
    expiry_.start();
    done.resolve({});
    if (config_.resumeAtStart) resumeEarlier();
  });
}

void SandboxEngine::resumeEarlier() {
  const auto resumed = forAll<SandboxId>(this, recovery_.toResume(), config_.resumesAtOnce, [this](const SandboxId& id) {
    Resolver<void> one;
    // One that fails says so in its problem and is not tried again; an engine that stops already leaves it for its next start.
    whenDone(sandboxes_.resume(id), this, [this, id, one](const Result<SandboxInfo>& info) {
      if (info || info.error().code == ErrorCode::Unavailable) return one.resolve({});
      whenDone(lifecycle_.amend(id,
                                [](SandboxRecord& record) {
                                  record.resumeAtStart = false;
                                  return Result<void>();
                                }),
               this, [one](const Result<SandboxInfo>&) { one.resolve({}); });
    });
    return one.pending();
  });
  whenDone(resumed, this, [](const Result<void>&) {});
}

Pending<void> SandboxEngine::shutDown() {
  Resolver<void> done;
  const Error why{ErrorCode::Unavailable, "The engine is stopping. Start it again and repeat this.", {}, {}};
  expiry_.stop();
  sandboxes_.close();
  snapshots_.close();
  templates_.close(why);
  runner_.cancelAll(OperationKind::Fork, why);
  runner_.cancelAll(OperationKind::Create, why);
  whenDone(runner_.idle(), this, [this, done](const Result<void>&) {
    whenDone(waiting_.close(), this, [this, done](const Result<void>&) { pauseAll(done); });
  });
  return done.pending();
}

void SandboxEngine::pauseAll(const Resolver<void>& done) {
  std::vector<SandboxId> active;
  for (const auto& record : lifecycle_.all()) {
    if (record.info.state == SandboxState::Active) active.push_back(record.info.id);
  }
  const auto paused =
      forAll<SandboxId>(this, active, config_.pausesAtOnce, [this](const SandboxId& id) { return sandboxes_.pauseForStop(id); });
  whenDone(paused, this, [done](const Result<void>& result) { done.resolve(result); });
}

std::vector<MachineDeadline> SandboxEngine::machineDeadlines() const {
  std::vector<MachineDeadline> deadlines;
  for (const auto& record : lifecycle_.all()) {
    const auto* running = machines_.find(record.info.id);
    const auto end = record.info.deadline();
    if (running && running->machine && record.machine && end) {
      deadlines.push_back({*end, running->machine->processId(), record.machine->cookie});
    }
  }
  for (const auto& one : waiting_.all()) {
    deadlines.push_back({WallTime{}, one.running.machine->processId(), one.cookie});
  }
  return deadlines;
}

}  // namespace terrarium
