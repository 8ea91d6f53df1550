// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <memory>

#include "backend/engine/ports/hypervisor.h"
#include "tests/support/callscript.h"

namespace terrarium {

/// What the "processes" of a FakeHypervisor are like, kept outside the machines so that they outlive an engine.
struct FakeProcess {
  QString cookie;
  QString workDirectory;
  bool running = false;
};
using FakeProcesses = std::map<QString, FakeProcess>;  ///< by work directory

/// A machine without a process. As with a real one, destroying it ends the process unless it has been left behind.
class FakeMachine : public Machine {
  Q_OBJECT
 public:
  FakeMachine(CallScript& script, FakeProcesses& processes, const bool& engineDied, QString workDirectory);
  ~FakeMachine() override;

  Pending<void> run() override;
  Pending<void> standStill() override;
  Pending<void> saveState(const QString& file) override;
  Pending<void> end() override;
  [[nodiscard]] qint64 processId() const override { return 4711; }
  [[nodiscard]] QString agentSocket() const override { return workDirectory_ + QStringLiteral("/agent.sock"); }
  [[nodiscard]] QString consoleLog() const override { return workDirectory_ + QStringLiteral("/console.log"); }
  [[nodiscard]] int frames() const override { return -1; }
  [[nodiscard]] qint64 residentBytes() const override { return 42'000'000; }

  /// The process ends by itself.
  void crash(const QString& reason);

 private:
  CallScript& script_;
  FakeProcesses& processes_;
  const bool& engineDied_;
  QString workDirectory_;
};

/// Machines in memory. Calls: "hypervisor.facts", ".boot", ".restore", ".adopt"; "machine.run", ".standStill", ".saveState",
/// ".end".
class FakeHypervisor : public Hypervisor {
 public:
  explicit FakeHypervisor(CallScript& script) : script_(script) {}

  Pending<MachineFacts> facts() override;
  [[nodiscard]] std::string acceleratorReason() const override { return "It was measured."; }
  Pending<std::shared_ptr<Machine>> boot(const MachinePlan& plan) override;
  Pending<std::shared_ptr<Machine>> restore(const MachinePlan& plan, const QString& stateFile) override;
  Pending<std::shared_ptr<Machine>> adopt(const MachinePlan& plan) override;

  MachineFacts machineFacts{"tcg", "7.2.22", "pc-q35-7.2", "max", "devices"};
  FakeProcesses processes;
  bool engineDied = false;  ///< from now on machines are left behind instead of ended
  std::vector<MachinePlan> plans;
  FakeMachine* last = nullptr;

 private:
  std::shared_ptr<Machine> started(const MachinePlan& plan, bool running);
  CallScript& script_;
};

}  // namespace terrarium
