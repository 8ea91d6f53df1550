// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/qemuhypervisor.h"

#include <QFile>

#include "backend/qemu/machinelaunch.h"

namespace terrarium {

namespace {

using namespace std::chrono_literals;

/// QEMU answers 50 ms after its start; a busy host gets much more.
constexpr auto kGreetingLimit = 30s;

}  // namespace

QemuHypervisor::QemuHypervisor(Config config)
    : config_(std::move(config)),
      confinement_(Confinement::make(config_.program)),
      probe_({config_.program, config_.cacheDirectory, config_.acceleratorOverride}) {}

Pending<MachineFacts> QemuHypervisor::facts() {
  if (!confinement_) return settled<MachineFacts>(failure(confinement_.error()));
  return probe_.facts(*confinement_);
}

std::string QemuHypervisor::acceleratorReason() const { return probe_.reason(); }

std::string QemuHypervisor::confinement() const {
  return confinement_ ? confinement_->description() : confinement_.error().message;
}

Pending<std::shared_ptr<Machine>> QemuHypervisor::boot(const MachinePlan& plan) {
  return start(plan, QemuCommandLine::Start::Boot, {});
}

Pending<std::shared_ptr<Machine>> QemuHypervisor::restore(const MachinePlan& plan, const QString& stateFile) {
  return start(plan, QemuCommandLine::Start::Restore, stateFile);
}

Pending<std::shared_ptr<Machine>> QemuHypervisor::start(const MachinePlan& plan, QemuCommandLine::Start how,
                                                        const QString& stateFile) {
  Answer answer;
  whenDone(facts(), this, [this, plan, how, stateFile, answer](const Result<MachineFacts>& facts) {
    if (!facts) return answer.resolve(failure(facts.error()));
    launch(plan, QemuCommandLine::build(plan, *facts, how), stateFile, answer);
  });
  return answer.pending();
}

void QemuHypervisor::launch(const MachinePlan& plan, const QemuCommandLine& line, const QString& stateFile, const Answer& answer) {
  auto machine = MachineLaunch(config_.program, plan, line, *confinement_).run();
  if (!machine) return answer.resolve(failure(machine.error()));
  whenDone((*machine)->connectControl(kGreetingLimit), this,
           [this, machine = *machine, stateFile, answer](const Result<void>& done) {
             if (!done) return answer.resolve(failure(machine->explained(done.error())));
             finish(machine, stateFile, answer);
           });
}

void QemuHypervisor::finish(const std::shared_ptr<QemuMachine>& machine, const QString& stateFile, const Answer& answer) {
  const auto last = stateFile.isEmpty() ? machine->run() : machine->loadState(stateFile);
  whenDone(last, this, [machine, answer](const Result<void>& done) {
    if (!done) return answer.resolve(failure(machine->explained(done.error())));
    answer.resolve(std::static_pointer_cast<Machine>(machine));
  });
}

Pending<std::shared_ptr<Machine>> QemuHypervisor::adopt(const MachinePlan& plan) {
  using Adopted = Result<std::shared_ptr<Machine>>;
  const auto missing = [] {
    return settled<std::shared_ptr<Machine>>(failure(ErrorCode::NotFound, "The machine's process is not running any more."));
  };
  if (!QFile::exists(plan.workDirectory)) return missing();
  auto directory = MachineDirectory::open(plan.workDirectory);
  if (!directory) return settled<std::shared_ptr<Machine>>(failure(directory.error()));
  auto process = ChildProcess::adopt(directory->recordedProcess(), QemuCommandLine::nameArgument(plan));
  if (!process) return missing();
  auto machine = std::make_shared<QemuMachine>(std::move(*directory), std::move(*process), Descriptor());
  Answer answer;
  whenDone(machine->connectControl(kGreetingLimit), this, [machine, answer](const Result<void>& done) {
    answer.resolve(done ? Adopted(std::static_pointer_cast<Machine>(machine)) : Adopted(failure(machine->explained(done.error()))));
  });
  return answer.pending();
}

}  // namespace terrarium
