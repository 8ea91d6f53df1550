// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/runningmachines.h"

#include <utility>

namespace terrarium {

void RunningMachines::put(const SandboxId& id, RunningMachine running) {
  connect(running.machine.get(), &Machine::ended, this,
          [this, id](MachineEnd, const QString& reason) { emit machineLost(id, reason.toStdString()); });
  connect(running.agent.get(), &GuestAgent::lost, this, [this, id](const Error& error) { emit agentLost(id, error.message); });
  connect(running.agent.get(), &GuestAgent::statisticsReported, this,
          [this, id](const GuestStatistics& statistics) { report(id, statistics); });
  running_.insert_or_assign(id, std::move(running));
}

const RunningMachine* RunningMachines::find(const SandboxId& id) const {
  const auto found = running_.find(id);
  return found == running_.end() ? nullptr : &found->second;
}

std::optional<RunningMachine> RunningMachines::take(const SandboxId& id) {
  auto node = running_.extract(id);
  if (node.empty()) return std::nullopt;
  node.mapped().machine->disconnect(this);
  node.mapped().agent->disconnect(this);
  return std::move(node.mapped());
}

void RunningMachines::report(const SandboxId& id, const GuestStatistics& statistics) {
  const auto* running = find(id);
  if (!running) return;
  emit events_.statisticsChanged(SandboxStatistics{
      id.value(), statistics.cpuPercent, statistics.memoryUsedBytes, statistics.memoryTotalBytes, running->machine->residentBytes(),
      statistics.diskUsedBytes, statistics.diskTotalBytes, statistics.processCount, statistics.listeningPorts});
}

}  // namespace terrarium
