// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/wakingoperation.h"

#include <QRandomGenerator>
#include <array>
#include <utility>

#include "backend/engine/operations/timelimit.h"

namespace terrarium {

GuestIdentity identityOf(const SandboxRecord& record) {
  std::array<quint32, 16> random{};
  QRandomGenerator::system()->fillRange(random.data(), random.size());
  GuestIdentity identity;
  identity.entropy = QByteArray(reinterpret_cast<const char*>(random.data()), sizeof(random));
  identity.hostname = "sandbox-" + record.info.id.value().substr(0, 8);
  identity.env = record.envVars.entries();
  identity.env.insert(record.defaults.env.begin(), record.defaults.env.end());
  identity.user = record.defaults.user;
  identity.workingDirectory = record.defaults.workingDirectory;
  return identity;
}

GuestDefaults inheritedDefaults(const SandboxRecord& record) {
  auto defaults = record.defaults;
  for (const auto& [name, value] : record.envVars.entries()) defaults.env.insert_or_assign(name, value);
  return defaults;
}

Result<void> checkFacts(const MachineFacts& saved, const MachineFacts& here) {
  // Another version of QEMU has the same devices under the same versioned machine type.
  auto same = here;
  same.qemuVersion = saved.qemuVersion;
  if (saved == same) return {};
  const auto describe = [](const MachineFacts& facts) {
    return "QEMU " + facts.qemuVersion + " (" + facts.machineType + ", " + facts.accelerator + ", " + facts.cpuModel + ")";
  };
  const auto was = describe(saved);
  const auto is = describe(here);
  return failure(ErrorCode::Conflict, "The memory was saved under " + was + " and cannot be loaded under " +
                                          (was == is ? std::string("this version, whose devices differ") : is) +
                                          ". Go back to what it was saved under, or delete the sandbox and create it anew.");
}

MachineRecord WakingOperation::newMachine(const SandboxId& id) const {
  MachineRecord machine;
  machine.cookie = randomUuid();
  // Short, because sockets below it have to fit into 107 bytes.
  const auto folder = id.value().substr(0, 8) + "-" + machine.cookie.substr(0, 8);
  machine.files.workDirectory = parts_.config.workRoot + QLatin1Char('/') + QString::fromStdString(folder);
  return machine;
}

void WakingOperation::wake(const SandboxRecord& record, const std::string& snapshotId, const Pending<SandboxInfo>& written) {
  record_ = record;
  copyMemory(snapshotId, written);
}

void WakingOperation::wakeWaiting(const SandboxRecord& record, const RunningMachine& waiting, const Pending<SandboxInfo>& written) {
  record_ = record;
  files_ = waiting.files;
  agent_ = waiting.agent;
  undoWith([this] { return parts_.snapshots.removeWorkDirectory(files_.workDirectory); });
  watchMachine(waiting.machine);
  // A crash before the row is written harms nothing: the machine waited in a folder that is swept.
  const auto runs = machine_->run();
  await(written, [this, runs](const SandboxInfo&) { awaitAbandonable(runs, [this] { giveIdentity(); }); });
}

void WakingOperation::copyMemory(const std::string& snapshotId, const Pending<SandboxInfo>& written) {
  if (!enter("Copying memory")) return;
  const auto folder = record_->machine->files.workDirectory;
  const auto copied = parts_.snapshots.checkOut(snapshotId, folder);
  whenDone(copied, this, [this](const Result<WorkingFiles>& files) {
    if (files) return;
    const auto code = files.error().code;
    if (code == ErrorCode::Conflict || code == ErrorCode::NotFound) snapshotIsUnusable(files.error());
  });
  undoWith([this, copied, folder] {
    Resolver<void> removed;
    whenDone(copied, this, [this, folder, removed](const Result<WorkingFiles>&) {
      whenDone(parts_.snapshots.removeWorkDirectory(folder), this, [removed](const Result<void>& done) { removed.resolve(done); });
    });
    return removed.pending();
  });
  await(written, [this, copied](const SandboxInfo&) {
    await(copied, [this](const WorkingFiles& files) {
      files_ = files;
      compareFacts();
    });
  });
}

void WakingOperation::compareFacts() {
  awaitAbandonable(parts_.hypervisor.facts(), [this](const MachineFacts& facts) {
    if (const auto fits = checkFacts(files_.from.facts, facts); !fits) return fail(fits.error());
    startMachine(facts);
  });
}

void WakingOperation::startMachine(const MachineFacts&) {
  if (!enter("Starting machine")) return;
  MachinePlan plan;
  plan.name = QString::fromStdString(record_->info.id.value());
  plan.cookie = QString::fromStdString(record_->machine->cookie);
  plan.workDirectory = files_.workDirectory;
  plan.size = files_.from.size;
  plan.ramFile = files_.ramFile;
  plan.disk = files_.disk;
  await(parts_.hypervisor.restore(plan, files_.stateFile), [this](std::shared_ptr<Machine> machine) {
    watchMachine(std::move(machine));
    letItRun();
  });
}

void WakingOperation::watchMachine(std::shared_ptr<Machine> machine) {
  machine_ = std::move(machine);
  undoWith([machine = machine_] { return machine->end(); });
  connect(machine_.get(), &Machine::ended, this, [this](MachineEnd how, const QString& reason) {
    fail(Error{how == MachineEnd::DiskFull ? ErrorCode::StorageFull : ErrorCode::Gone,
               "The machine ended while it was starting: " + reason.toStdString(),
               {},
               {}});
  });
  connect(machine_.get(), &Machine::outOfSpace, this, [this] { fail(noRoomForDisk()); });
}

void WakingOperation::letItRun() {
  if (!enter("Loading snapshot")) return;
  awaitAbandonable(machine_->run(), [this] { reachAgent(); });
}

void WakingOperation::reachAgent() {
  if (!enter("Waking the guest")) return;
  awaitAbandonable(parts_.agents.connect(machine_->agentSocket(), parts_.config.wakeLimit),
                   [this](std::shared_ptr<GuestAgent> agent) {
                     agent_ = std::move(agent);
                     giveIdentity();
                   });
}

void WakingOperation::giveIdentity() {
  if (!enter("Preparing the guest")) return;
  const auto answered = within(parts_.config.agentLimit, agent_->assume(identityOf(*record_)), this,
                               "The guest agent did not take its identity in time. Try again; the machine may be short of CPU.");
  // Meanwhile; the sandbox is handed out only when its rules are in force.
  const auto opened = openGateway();
  awaitAbandonable(answered, [this, opened] {
    awaitAbandonable(opened, [this](std::shared_ptr<Gateway> gateway) {
      gateway_ = std::move(gateway);
      undoWith([this] {
        gateway_.reset();
        return settled<void>({});
      });
      if (!enter("Ready")) return;
      awake(files_);
    });
  });
}

Pending<std::shared_ptr<Gateway>> WakingOperation::openGateway() {
  if (!hasNetwork()) return settled<std::shared_ptr<Gateway>>(std::shared_ptr<Gateway>());
  return parts_.gateways.open({QString::fromStdString(record_->info.id.value()), machine_->frames(), record_->info.egress});
}

void WakingOperation::handOver() {
  machine_->disconnect(this);
  parts_.machines.put(record_->info.id, running());
  undoWith([this] {
    (void)parts_.machines.take(record_->info.id);
    return settled<void>({});
  });
}

}  // namespace terrarium
