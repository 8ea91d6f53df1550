// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "backend/api/events.h"
#include "backend/engine/ports/gateways.h"
#include "backend/engine/ports/guestagent.h"
#include "backend/engine/ports/hypervisor.h"
#include "backend/engine/ports/snapshotfiles.h"

namespace terrarium {

/// A machine with the conversation to its agent, the files it works on and what its network goes through.
struct RunningMachine {
  std::shared_ptr<Machine> machine;
  std::shared_ptr<GuestAgent> agent;
  WorkingFiles files;
  std::shared_ptr<Gateway> gateway;  ///< none as long as it waits
};

/// The machines of sandboxes that are up; tells when one is lost and what it uses. Decides nothing. Engine thread.
class RunningMachines : public QObject {
  Q_OBJECT
 public:
  explicit RunningMachines(Events& events) : events_(events) {}

  void put(const SandboxId& id, RunningMachine running);
  [[nodiscard]] const RunningMachine* find(const SandboxId& id) const;
  /// Gives it out of hand: nothing is announced about it from now on.
  std::optional<RunningMachine> take(const SandboxId& id);

 signals:
  /// The machine ended by itself.
  void machineLost(const terrarium::SandboxId& id, const std::string& reason);
  /// The machine is there, but its agent is out of reach.
  void agentLost(const terrarium::SandboxId& id, const std::string& reason);

 private:
  void report(const SandboxId& id, const GuestStatistics& statistics);

  Events& events_;
  std::map<SandboxId, RunningMachine> running_;
};

}  // namespace terrarium
