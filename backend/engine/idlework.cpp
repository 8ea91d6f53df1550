// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/idlework.h"

namespace terrarium {

IdleWork::IdleWork(OperationRunner& runner, WaitingMachines& waiting, SnapshotFiles& snapshots, const EngineConfig& config)
    : waiting_(waiting), snapshots_(snapshots) {
  quiet_.setSingleShot(true);
  quiet_.setInterval(config.backgroundQuiet);
  connect(&quiet_, &QTimer::timeout, this, [this] { snapshots_.holdBackground(false); });
  connect(&runner, &OperationRunner::began, this, [this] {
    operationsRun_ = true;
    standBack();
    waiting_.standBack();
  });
  connect(&runner, &OperationRunner::cameToRest, this, [this] {
    operationsRun_ = false;
    waiting_.goOn();
    restSoon();
  });
  connect(&waiting, &WaitingMachines::preparingBegan, this, &IdleWork::standBack);
  connect(&waiting, &WaitingMachines::preparingEnded, this, &IdleWork::restSoon);
}

void IdleWork::standBack() {
  quiet_.stop();
  snapshots_.holdBackground(true);
}

void IdleWork::restSoon() {
  if (!operationsRun_ && !waiting_.isPreparing()) quiet_.start();
}

}  // namespace terrarium
