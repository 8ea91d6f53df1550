// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/fakehypervisor.h"

#include <utility>

namespace terrarium {

FakeMachine::FakeMachine(CallScript& script, FakeProcesses& processes, const bool& engineDied, QString workDirectory)
    : script_(script), processes_(processes), engineDied_(engineDied), workDirectory_(std::move(workDirectory)) {}

FakeMachine::~FakeMachine() {
  if (!engineDied_) processes_.erase(workDirectory_);
}

Pending<void> FakeMachine::run() {
  return script_.answer("machine.run", [this] { processes_[workDirectory_].running = true; });
}

Pending<void> FakeMachine::standStill() {
  return script_.answer("machine.standStill", [this] { processes_[workDirectory_].running = false; });
}

Pending<void> FakeMachine::saveState(const QString&) {
  return script_.answer<void>("machine.saveState", [this]() -> Result<void> {
    if (processes_[workDirectory_].running) return failure(ErrorCode::Internal, "The machine does not stand still.");
    return {};
  });
}

Pending<void> FakeMachine::end() {
  // Like the real one: it is killed at once, and what has to be waited for is that it is gone.
  processes_.erase(workDirectory_);
  return script_.answer("machine.end", [] {});
}

void FakeMachine::crash(const QString& reason) {
  processes_.erase(workDirectory_);
  emit ended(MachineEnd::Crashed, reason);
}

Pending<MachineFacts> FakeHypervisor::facts() {
  return script_.answer<MachineFacts>("hypervisor.facts", [this] { return Result<MachineFacts>(machineFacts); });
}

Pending<std::shared_ptr<Machine>> FakeHypervisor::boot(const MachinePlan& plan) {
  return script_.answer<std::shared_ptr<Machine>>("hypervisor.boot", [this, plan] { return started(plan, true); });
}

Pending<std::shared_ptr<Machine>> FakeHypervisor::restore(const MachinePlan& plan, const QString&) {
  return script_.answer<std::shared_ptr<Machine>>("hypervisor.restore", [this, plan] { return started(plan, false); });
}

Pending<std::shared_ptr<Machine>> FakeHypervisor::adopt(const MachinePlan& plan) {
  return script_.answer<std::shared_ptr<Machine>>("hypervisor.adopt", [this, plan]() -> Result<std::shared_ptr<Machine>> {
    const auto found = processes.find(plan.workDirectory);
    if (found == processes.end() || found->second.cookie != plan.cookie) {
      return failure(ErrorCode::NotFound, "There is no such machine.");
    }
    return started(plan, found->second.running);
  });
}

std::shared_ptr<Machine> FakeHypervisor::started(const MachinePlan& plan, bool running) {
  plans.push_back(plan);
  processes[plan.workDirectory] = {plan.cookie, plan.workDirectory, running};
  auto machine = std::make_shared<FakeMachine>(script_, processes, engineDied, plan.workDirectory);
  last = machine.get();
  return machine;
}

}  // namespace terrarium
