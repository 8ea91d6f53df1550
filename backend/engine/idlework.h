// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/engine/engineconfig.h"
#include "backend/engine/operations/operationrunner.h"
#include "backend/engine/ports/snapshotfiles.h"
#include "backend/engine/waitingmachines.h"

namespace terrarium {

/// Decides when that may be done which nobody waits for: never while an operation runs, nor soon after one, and one thing at a
/// time: first a machine that is to wait, then merging and hashing. What is under way gives way when an operation begins. Engine
/// thread.
class IdleWork : public QObject {
  Q_OBJECT
 public:
  IdleWork(OperationRunner& runner, WaitingMachines& waiting, SnapshotFiles& snapshots, const EngineConfig& config);

 private:
  void standBack();
  void restSoon();

  WaitingMachines& waiting_;
  SnapshotFiles& snapshots_;
  bool operationsRun_ = false;
  QTimer quiet_;
};

}  // namespace terrarium
