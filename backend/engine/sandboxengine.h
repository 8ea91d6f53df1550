// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <memory>

#include "backend/api/facade.h"
#include "backend/engine/engineexec.h"
#include "backend/engine/enginefiles.h"
#include "backend/engine/engineguestports.h"
#include "backend/engine/enginehost.h"
#include "backend/engine/engineparts.h"
#include "backend/engine/enginesnapshots.h"
#include "backend/engine/enginetemplates.h"
#include "backend/engine/expirywatch.h"
#include "backend/engine/idlework.h"
#include "backend/engine/operations/operationrunner.h"
#include "backend/engine/operations/recoversandboxes.h"
#include "backend/engine/sandboxservice.h"
#include "backend/engine/spacewatch.h"
#include "backend/engine/templatecheck.h"
#include "backend/engine/wakewatch.h"

namespace terrarium {

/// The ports and what else the engine is given. All of it outlives the engine.
struct EnginePorts {
  Hypervisor& hypervisor;
  SnapshotFiles& snapshots;
  GuestAgents& agents;
  Gateways& gateways;
  TemplateImages& images;
  SandboxStore& sandboxStore;
  TemplateStore& templateStore;
  SnapshotStore& snapshotStore;
  ActivityStore& activityStore;
  Clock& clock;
};

/// A machine that has to be gone at a certain time.
struct MachineDeadline {
  WallTime at;
  qint64 processId = 0;
  std::string cookie;  ///< stands in the command line of that process
};

/// The engine: the facade over virtual machines, and their lives from start() to shutDown(). Lives in one thread with an event loop
/// and never blocks it. Destroying it without shutDown() leaves everything to the next start.
class SandboxEngine : public QObject, public Facade {
  Q_OBJECT
 public:
  SandboxEngine(const EnginePorts& ports, EngineConfig config);
  ~SandboxEngine() override;

  /// Resolves when deadlines that passed meanwhile have been honoured and every sandbox is in a true state; only then may anybody
  /// ask. What was active is resumed afterwards, which is announced like any resume. Errors: the store's.
  Pending<void> start();
  /// Cancels creates and builds, pauses what is active and remembers it. An error names what could not be paused.
  Pending<void> shutDown();

  /// Of every machine that runs now and whose sandbox has a hard lifetime, and of those that wait, which are of no use to another
  /// engine; for whoever ends them while there is no engine.
  [[nodiscard]] std::vector<MachineDeadline> machineDeadlines() const;

  [[nodiscard]] WakeWatch& wakeWatch() { return wakeWatch_; }

  [[nodiscard]] Sandboxes& sandboxes() override { return sandboxes_; }
  [[nodiscard]] Snapshots& snapshots() override { return snapshots_; }
  [[nodiscard]] Exec& exec() override { return exec_; }
  [[nodiscard]] Files& files() override { return files_; }
  [[nodiscard]] Ports& ports() override { return ports_; }
  [[nodiscard]] Templates& templates() override { return templates_; }
  [[nodiscard]] Host& host() override { return host_; }
  [[nodiscard]] Events& events() override { return events_; }
  [[nodiscard]] Activity& activity() override { return activity_; }

 signals:
  /// What machineDeadlines() says has changed, without any sandbox having changed.
  void deadlinesChanged();

 private:
  void recover(const Resolver<void>& done);
  void resumeEarlier();
  void pauseAll(const Resolver<void>& done);

  EngineConfig config_;
  EngineEvents events_;
  ActivityLog activity_;
  Lifecycle lifecycle_;
  RunningMachines machines_;
  SnapshotHolds holds_;
  SnapshotCatalog namedSnapshots_;
  TemplateCatalog catalog_;
  EngineParts parts_;
  WaitingMachines waiting_;
  OperationRunner runner_;
  IdleWork idleWork_;
  EngineTemplates templates_;
  SandboxService sandboxes_;
  EngineSnapshots snapshots_;
  EngineExec exec_;
  EngineFiles files_;
  EngineGuestPorts ports_;
  TemplateCheck templateCheck_;
  EngineHost host_;
  WakeWatch wakeWatch_;
  ExpiryWatch expiry_;
  SpaceWatch space_;
  RecoverSandboxes recovery_;
};

}  // namespace terrarium
