// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <vector>

#include "backend/engine/engineparts.h"
#include "backend/engine/ports/sandboxstore.h"

namespace terrarium {

/// Brings what the store says and what is really there together after the engine was down, before anything is listed: sandboxes
/// whose deadline has passed and half-made ones go, machines that outlived the engine are saved, transitions end in a true state.
/// Used once, by the engine's start. Engine thread.
class RecoverSandboxes : public QObject {
  Q_OBJECT
 public:
  RecoverSandboxes(EngineParts& parts, SandboxStore& store) : parts_(parts), store_(store) {}

  Pending<void> run();
  /// Afterwards: what was active and should run again.
  [[nodiscard]] const std::vector<SandboxId>& toResume() const { return toResume_; }

 private:
  // In this order:
  void endOldBuilds();
  void load();
  void recoverAll(std::vector<SandboxRecord> records);
  void sweep();
  void publish();

  /// One sandbox. `done` is resolved when it is in a true state, in the store, too.
  void recover(const SandboxRecord& record, const Resolver<void>& done);
  void discard(const SandboxRecord& record, const Resolver<void>& done);
  void recoverPausing(const SandboxRecord& record, const Resolver<void>& done);
  void nameSnapshot(SandboxRecord record, const Resolver<void>& done);
  void saveMachine(const SandboxRecord& record, const Resolver<void>& done);
  void saveAdopted(const SandboxRecord& record, const std::shared_ptr<Machine>& machine, const Resolver<void>& done);
  void backToSnapshot(SandboxRecord record, const std::string& problem, const Resolver<void>& done);
  void keep(SandboxRecord record, const Resolver<void>& done);

  /// Ends the machine of a record if there is one.
  Pending<void> endMachine(const MachinePlan& plan);

  EngineParts& parts_;
  SandboxStore& store_;
  std::vector<SandboxRecord> kept_;
  std::vector<SandboxId> toResume_;
  Resolver<void> done_;
};

}  // namespace terrarium
