// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/savingoperation.h"

namespace terrarium {

void SavingOperation::save(const std::string& snapshotId) {
  snapshotId_ = snapshotId;
  const auto* running = parts_.machines.find(id_);
  if (!running) return fail(Error{ErrorCode::Gone, "The machine of this sandbox has ended.", {}, {}});
  running_ = *running;
  connect(running_->machine.get(), &Machine::ended, this, [this](MachineEnd, const QString& reason) {
    fail(Error{ErrorCode::Gone, "The machine ended before it could be saved: " + reason.toStdString(), {}, {}});
  });
  stopMachine();
}

QString SavingOperation::stateFile() const {
  return running_->files.workDirectory + QLatin1Char('/') + QString::fromStdString(snapshotId_) + QStringLiteral(".state");
}

void SavingOperation::stopMachine() {
  if (!enter("Stopping the machine")) return;
  undoWith([this] {
    disconnect(running_->machine.get(), &Machine::ended, this, nullptr);
    return running_->machine->run();
  });
  await(running_->machine->standStill(), [this] { saveState(); });
}

void SavingOperation::saveState() {
  if (!enter("Saving the devices")) return;
  await(running_->machine->saveState(stateFile()), [this] { copyFiles(); });
}

void SavingOperation::copyFiles() {
  if (!enter("Writing the snapshot")) return;
  auto manifest = running_->files.from;
  manifest.id = snapshotId_;
  manifest.agentVersion = running_->agent->version();
  manifest.contentHash.clear();
  const auto written = parts_.snapshots.commit(running_->files, stateFile(), manifest, SnapshotFiles::Take::Copy);
  await(written, [this](const SnapshotManifest&) {
    undoWith([this] { return parts_.snapshots.remove(snapshotId_); });
    letItGoOn();
  });
}

void SavingOperation::letItGoOn() {
  if (!enter("Going on")) return;
  await(running_->machine->run(), [this] {
    disconnect(running_->machine.get(), &Machine::ended, this, nullptr);
    // What is undone from here on must not let a machine run that somebody paused meanwhile.
    commit();
    undoWith([this] { return parts_.snapshots.remove(snapshotId_); });
    (void)parts_.snapshots.shorten(snapshotId_);
    saved();
  });
}

}  // namespace terrarium
