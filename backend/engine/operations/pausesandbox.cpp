// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/pausesandbox.h"

#include <utility>

#include "backend/engine/machineloss.h"
#include "backend/engine/operations/timelimit.h"
#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

namespace {
/// QEMU stops and goes on within milliseconds.
constexpr std::chrono::seconds kHypervisorLimit{3};
/// For an agent that may be the reason why it is undone; whoever asked for the pause waits.
constexpr std::chrono::seconds kUndoLimit{3};
}  // namespace

PauseSandbox::PauseSandbox(EngineParts& parts, const SandboxInfo& info, Why why)
    : Operation({randomUuid(), OperationKind::Pause, info.id.value(), info.name.value(), 6}),
      parts_(parts),
      id_(info.id),
      why_(why),
      snapshotId_(randomUuid()),
      snapshotBefore_(info.snapshotId) {
  if (why == Why::SpaceRunsOut) {
    note_ = "The disk of this computer is nearly full, so it was paused before anything was lost. Free some space, then resume it.";
  }
}

void PauseSandbox::begin() { claim(); }

void PauseSandbox::claim() {
  const auto claimed = parts_.lifecycle.advance(id_, SandboxEvent::PauseRequested, [this](SandboxRecord& record) {
    record.pendingSnapshotId = snapshotId_;
    record.resumeAtStart = why_ == Why::EngineStops;
  });
  await(claimed, [this](const SandboxInfo& info) {
    snapshotBefore_ = info.snapshotId;
    undoClaim();
    running_ = parts_.machines.take(id_);
    if (!running_) {
      lost_ = "Its machine has ended.";
      return fail(Error{ErrorCode::Gone, "The machine of this sandbox has ended.", {}, {}});
    }
    connect(running_->machine.get(), &Machine::ended, this, [this](MachineEnd, const QString& reason) {
      lost_ = reason.toStdString();
      fail(Error{ErrorCode::Gone, "The machine ended before it could be saved: " + lost_, {}, {}});
    });
    connect(running_->machine.get(), &Machine::outOfSpace, this, [this] {
      outOfSpace_ = true;
      // The guest waits for its disk, so that it cannot come to rest. Once it stands still there is nothing to wait for.
      if (why_ == Why::Requested && !stands_) fail(noRoomForDisk());
    });
    settleGuest();
  });
}

void PauseSandbox::undoClaim() {
  undoWith([this] {
    Resolver<void> back;
    if (!lost_.empty()) return loseMachine();
    parts_.machines.put(id_, *running_);
    const auto problem = "It could not be paused and runs on: " + reason().message;
    const auto changed = parts_.lifecycle.advance(id_, SandboxEvent::PauseFailed, [problem](SandboxRecord& record) {
      record.pendingSnapshotId.clear();
      record.resumeAtStart = false;
      record.info.problem = problem;
    });
    whenDone(changed, this, [back](const Result<SandboxInfo>&) { back.resolve({}); });
    return back.pending();
  });
}

Pending<void> PauseSandbox::loseMachine() {
  Resolver<void> gone;
  const auto* record = parts_.lifecycle.find(id_);
  if (!record) return settled<void>({});
  const auto loss = lossOf(*record, lost_, parts_.clock.now());
  whenDone(parts_.lifecycle.advance(id_, loss.event, loss.change), this, [this, gone, loss](const Result<SandboxInfo>&) {
    // A failed one keeps its files until it is deleted, for whoever wants to know why.
    if (!running_ || loss.event != SandboxEvent::SetBack) return gone.resolve({});
    whenDone(parts_.snapshots.removeWorkDirectory(running_->files.workDirectory), this,
             [gone](const Result<void>&) { gone.resolve({}); });
  });
  return gone.pending();
}

void PauseSandbox::settleGuest() {
  if (!enter("Settling the guest")) return;
  if (why_ == Why::SpaceRunsOut) return stopMachine();
  const auto calm =
      within(parts_.config.agentLimit, running_->agent->settle(false), this, "The guest agent did not come to rest in time.");
  undoSettling();
  // The memory is saved whole, so a guest that is too busy to answer loses nothing by this.
  whenDone(calm, this, [this](const Result<void>&) {
    if (!isOver()) stopMachine();
  });
}

void PauseSandbox::undoSettling() {
  undoWith([this] {
    Resolver<void> back;
    const auto* record = parts_.lifecycle.find(id_);
    // A guest that waits for its disk cannot answer. It was never stopped, and goes on by itself when there is room.
    if (!lost_.empty() || !record || outOfSpace_) return settled<void>({});
    // One that does not answer now may do so later; its machine runs on all the same.
    const auto woken = within(kUndoLimit, running_->agent->assume(identityOf(*record)), this, "The guest agent does not answer.");
    whenDone(woken, this, [back](const Result<void>&) { back.resolve({}); });
    return back.pending();
  });
}

void PauseSandbox::stopMachine() {
  if (!enter("Stopping the machine")) return;
  undoStop();
  stands_ = true;
  const auto still = within(kHypervisorLimit, running_->machine->standStill(), this,
                            "The machine's QEMU process does not answer. Try again, or delete the sandbox if it hangs.");
  await(still, [this] { saveState(); });
}

void PauseSandbox::undoStop() {
  undoWith([this] {
    Resolver<void> back;
    if (!lost_.empty()) return settled<void>({});
    whenDone(within(kHypervisorLimit, running_->machine->run(), this, {}), this, [this, back](const Result<void>& runs) {
      // A QEMU that is itself held up does what it was told, in order, when it goes on.
      if (!runs && runs.error().code != ErrorCode::TimedOut && lost_.empty()) lost_ = runs.error().message;
      back.resolve({});
    });
    return back.pending();
  });
}

QString PauseSandbox::stateFile() const { return running_->files.workDirectory + QStringLiteral("/saved.state"); }

void PauseSandbox::saveState() {
  if (!enter("Saving the devices")) return;
  await(running_->machine->saveState(stateFile()), [this] { commitSnapshot(); });
}

SnapshotManifest PauseSandbox::manifest() const {
  auto manifest = running_->files.from;
  manifest.id = snapshotId_;
  manifest.agentVersion = running_->agent->version();
  manifest.contentHash.clear();
  return manifest;
}

void PauseSandbox::commitSnapshot() {
  if (!enter("Writing the snapshot")) return;
  // A machine that ends from here on has nothing left to say.
  disconnect(running_->machine.get(), &Machine::ended, this, nullptr);
  const auto written = parts_.snapshots.commit(running_->files, stateFile(), manifest(), SnapshotFiles::Take::Move);
  await(written, [this](const SnapshotManifest&) {
    // What the machine works on is a snapshot now: it must not run on, whatever happens next.
    commit();
    closeToCancel();
    endMachine();
  });
}

void PauseSandbox::endMachine() {
  if (!enter("Ending the machine")) return;
  running_->gateway.reset();
  // Killed already when the row is written; that it is gone is waited for afterwards.
  writeRow(running_->machine->end());
}

void PauseSandbox::writeRow(const Pending<void>& ended) {
  const auto change = [this](SandboxRecord& record) {
    record.info.snapshotId = snapshotId_;
    record.info.pausedAt = std::chrono::floor<std::chrono::microseconds>(parts_.clock.now());
    record.info.snapshotAt = record.info.pausedAt;
    record.info.problem = note_;
    record.pendingSnapshotId.clear();
    record.resumeAtStart = why_ == Why::EngineStops;
    record.machine.reset();
  };
  await(parts_.lifecycle.advance(id_, SandboxEvent::Paused, change), [this, ended](const SandboxInfo& info) {
    // Another problem means that the row could not be written: it still names the snapshot before.
    if (info.problem != note_) snapshotBefore_.clear();
    await(ended, [this] { removeLeftovers(); });
  });
}

void PauseSandbox::removeLeftovers() {
  if (!enter("Cleaning up")) return;
  const auto removed = parts_.snapshots.removeWorkDirectory(running_->files.workDirectory);
  whenDone(removed, this, [this](const Result<void>&) {
    if (snapshotBefore_.empty()) return shortenChain();
    whenDone(parts_.holds.retire(snapshotBefore_), this, [this](const Result<void>&) { shortenChain(); });
  });
}

void PauseSandbox::shortenChain() {
  // Only now, since layers that the snapshot before uses would be spared. Nobody waits for it: a resume that comes meanwhile takes
  // the layers as they are.
  (void)parts_.snapshots.shorten(snapshotId_);
  succeed();
}

void PauseSandbox::answer(const std::optional<Error>& error) {
  if (error) return result_.resolve(failure(*error));
  result_.resolve({});
}

}  // namespace terrarium
