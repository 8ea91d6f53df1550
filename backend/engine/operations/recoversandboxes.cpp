// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/recoversandboxes.h"

#include <QDebug>
#include <utility>

#include "backend/engine/expirywatch.h"
#include "backend/engine/operations/buildtemplate.h"
#include "backend/engine/operations/forall.h"

namespace terrarium {

namespace {

constexpr std::size_t kAtOnce = 4;

MachinePlan planOf(const SandboxRecord& record) {
  const auto& files = record.machine->files;
  MachinePlan plan;
  plan.name = QString::fromStdString(record.info.id.value());
  plan.cookie = QString::fromStdString(record.machine->cookie);
  plan.workDirectory = files.workDirectory;
  plan.size = record.info.size;
  plan.ramFile = files.ramFile;
  plan.disk = files.disk;
  return plan;
}

/// The record of a sandbox that is paused with that snapshot.
SandboxRecord paused(SandboxRecord record, const std::string& snapshotId, WallTime now) {
  record.info.state = SandboxState::Paused;
  if (record.info.snapshotId != snapshotId) record.info.snapshotAt = std::chrono::floor<std::chrono::microseconds>(now);
  record.info.snapshotId = snapshotId;
  if (!record.info.pausedAt) record.info.pausedAt = std::chrono::floor<std::chrono::microseconds>(now);
  record.pendingSnapshotId.clear();
  record.machine.reset();
  return record;
}

}  // namespace

Pending<void> RecoverSandboxes::run() {
  endOldBuilds();
  return done_.pending();
}

void RecoverSandboxes::endOldBuilds() {
  std::vector<std::string> ids;
  for (const auto& info : parts_.templates.all()) ids.push_back(info.id);
  const auto ended = forAll<std::string>(
      this, ids, kAtOnce, [this](const std::string& id) { return endMachine(BuildTemplate::planOf(parts_.config, id)); });
  whenDone(ended, this, [this](const Result<void>&) { load(); });
}

void RecoverSandboxes::load() {
  whenDone(store_.load(), this, [this](Result<std::vector<SandboxRecord>> records) {
    if (!records) return done_.resolve(failure(records.error()));
    recoverAll(std::move(*records));
  });
}

void RecoverSandboxes::recoverAll(std::vector<SandboxRecord> records) {
  const auto recovered = forAll<SandboxRecord>(this, std::move(records), kAtOnce, [this](const SandboxRecord& record) {
    Resolver<void> one;
    recover(record, one);
    return one.pending();
  });
  whenDone(recovered, this, [this](const Result<void>& result) {
    if (!result) return done_.resolve(failure(result.error()));
    sweep();
  });
}

void RecoverSandboxes::sweep() {
  auto snapshots = parts_.templates.snapshotIds();
  const auto named = parts_.namedSnapshots.ids();
  snapshots.insert(snapshots.end(), named.begin(), named.end());
  for (const auto& record : kept_) {
    if (!record.info.snapshotId.empty()) snapshots.push_back(record.info.snapshotId);
  }
  whenDone(parts_.snapshots.sweep(snapshots, {}), this, [this](const Result<void>& swept) {
    // Litter costs space and nothing else.
    if (!swept) qWarning("Left-over files could not be removed: %s", swept.error().message.c_str());
    publish();
  });
}

void RecoverSandboxes::publish() {
  for (const auto& record : kept_) {
    if (record.info.state == SandboxState::Paused && record.resumeAtStart) toResume_.push_back(record.info.id);
  }
  parts_.lifecycle.restore(std::move(kept_));
  done_.resolve({});
}

void RecoverSandboxes::recover(const SandboxRecord& record, const Resolver<void>& done) {
  const auto end = endOf(record);
  if (end && *end <= parts_.clock.now()) return discard(record, done);
  switch (record.info.state) {
    case SandboxState::Starting:
    case SandboxState::Deleting:
    case SandboxState::Deleted:
      return discard(record, done);
    case SandboxState::Active:
      return record.pendingSnapshotId.empty() ? nameSnapshot(record, done) : recoverPausing(record, done);
    case SandboxState::Pausing:
      return recoverPausing(record, done);
    case SandboxState::Resuming: {
      whenDone(endMachine(planOf(record)), this, [this, record, done](const Result<void>&) {
        auto back = paused(record, record.info.snapshotId, parts_.clock.now());
        back.resumeAtStart = true;
        keep(back, done);
      });
      return;
    }
    case SandboxState::Paused:
      return keep(record, done);
    case SandboxState::Failed: {
      if (!record.machine) return keep(record, done);
      whenDone(endMachine(planOf(record)), this, [this, record, done](const Result<void>&) {
        auto without = record;
        without.machine.reset();
        keep(without, done);
      });
      return;
    }
  }
}

void RecoverSandboxes::discard(const SandboxRecord& record, const Resolver<void>& done) {
  // Its files are named by nothing then and are swept.
  const auto ended = record.machine ? endMachine(planOf(record)) : settled<void>({});
  whenDone(ended, this, [this, id = record.info.id, done](const Result<void>&) {
    whenDone(store_.erase(id), this, [done](const Result<void>& erased) { done.resolve(erased); });
  });
}

void RecoverSandboxes::recoverPausing(const SandboxRecord& record, const Resolver<void>& done) {
  whenDone(parts_.snapshots.read(record.pendingSnapshotId), this, [this, record, done](const Result<SnapshotManifest>& written) {
    if (!written) return saveMachine(record, done);
    whenDone(endMachine(planOf(record)), this, [this, record, done](const Result<void>&) {
      auto back = paused(record, record.pendingSnapshotId, parts_.clock.now());
      if (record.info.state == SandboxState::Active) back.resumeAtStart = true;
      keep(back, done);
    });
  });
}

// Written first: an engine that dies in the middle finds by it what it had saved.
void RecoverSandboxes::nameSnapshot(SandboxRecord record, const Resolver<void>& done) {
  if (!record.machine) return saveMachine(record, done);
  record.pendingSnapshotId = randomUuid();
  whenDone(store_.save(record, Durability::PowerCut), this,
           [this, record, done](const Result<void>& written) { written ? saveMachine(record, done) : done.resolve(written); });
}

void RecoverSandboxes::saveMachine(const SandboxRecord& record, const Resolver<void>& done) {
  if (!record.machine) return backToSnapshot(record, "Its machine was lost while the engine was not running.", done);
  whenDone(parts_.hypervisor.adopt(planOf(record)), this, [this, record, done](Result<std::shared_ptr<Machine>> machine) {
    if (!machine) return backToSnapshot(record, "Its machine was lost while the engine was not running.", done);
    saveAdopted(record, *machine, done);
  });
}

void RecoverSandboxes::saveAdopted(const SandboxRecord& record, const std::shared_ptr<Machine>& machine,
                                   const Resolver<void>& done) {
  const auto stateFile = record.machine->files.workDirectory + QStringLiteral("/saved.state");
  const auto end = [this, machine, done, record](const std::string& snapshotId, const std::string& problem) {
    whenDone(machine->end(), this, [this, machine, done, record, snapshotId, problem](const Result<void>&) {
      if (snapshotId.empty()) return backToSnapshot(record, problem, done);
      auto back = paused(record, snapshotId, parts_.clock.now());
      // One that was being paused was asked to stay so, unless the engine did it to stop.
      if (record.info.state == SandboxState::Active) back.resumeAtStart = true;
      keep(back, done);
    });
  };
  const auto give = [end](const Error& error) {
    end({}, "Its machine outlived the engine but could not be saved: " + error.message);
  };
  const auto save = [this, machine, record, stateFile, end, give](const Result<void>& still) {
    if (!still) return give(still.error());
    whenDone(machine->saveState(stateFile), this, [this, record, stateFile, end, give](const Result<void>& saved) {
      if (!saved) return give(saved.error());
      auto manifest = record.machine->files.from;
      manifest.id = record.pendingSnapshotId;
      manifest.contentHash.clear();
      const auto written = parts_.snapshots.commit(record.machine->files, stateFile, manifest, SnapshotFiles::Take::Move);
      whenDone(written, this, [end, give](const Result<SnapshotManifest>& snapshot) {
        if (!snapshot) return give(snapshot.error());
        end(snapshot->id, {});
      });
    });
  };
  // A machine whose pause was cut short has been saved once already, and is not saved again before it ran.
  whenDone(machine->run(), this, [this, machine, save, give](const Result<void>& running) {
    if (!running) return give(running.error());
    whenDone(machine->standStill(), this, save);
  });
}

void RecoverSandboxes::backToSnapshot(SandboxRecord record, const std::string& problem, const Resolver<void>& done) {
  const auto snapshot = record.info.snapshotId;
  if (snapshot.empty()) {
    record.info.state = SandboxState::Failed;
    record.info.problem = problem + " It had never been paused, so nothing of it is left. Delete it and create it anew.";
    record.pendingSnapshotId.clear();
    record.machine.reset();
    return keep(record, done);
  }
  auto back = paused(record, snapshot, parts_.clock.now());
  back.info.problem = problem + " It was set back to when it was paused last. Resume it to go on from there.";
  keep(back, done);
}

void RecoverSandboxes::keep(SandboxRecord record, const Resolver<void>& done) {
  if (!parts_.config.resumeAtStart) record.resumeAtStart = false;
  whenDone(store_.save(record, Durability::PowerCut), this, [this, record, done](const Result<void>& saved) {
    if (saved) kept_.push_back(record);
    done.resolve(saved);
  });
}

Pending<void> RecoverSandboxes::endMachine(const MachinePlan& plan) {
  Resolver<void> done;
  whenDone(parts_.hypervisor.adopt(plan), this, [this, done](Result<std::shared_ptr<Machine>> machine) {
    if (!machine) return done.resolve({});
    whenDone((*machine)->end(), this, [machine = *machine, done](const Result<void>&) { done.resolve({}); });
  });
  return done.pending();
}

}  // namespace terrarium
