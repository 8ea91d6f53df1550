// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operation.h"

namespace terrarium {

/// What create and resume have in common: a machine restored from a snapshot until its agent is itself. Each step is undone when a
/// later one fails. Not an operation of its own.
class WakingOperation : public Operation {
  Q_OBJECT
 public:
  static constexpr int kStages = 6;
  static constexpr int kStagesWhenWaiting = 2;

 protected:
  WakingOperation(OperationSubject subject, EngineParts& parts) : Operation(std::move(subject)), parts_(parts) {}

  /// A cookie and the path of a working directory that nobody has used before.
  [[nodiscard]] MachineRecord newMachine(const SandboxId& id) const;
  /// Begins. `record` says who is woken and names cookie and working directory; nothing starts before `written` says that the row
  /// with them is stored.
  void wake(const SandboxRecord& record, const std::string& snapshotId, const Pending<SandboxInfo>& written);

  /// Begins with a machine that waits already, standing still and with its agent's conversation open.
  void wakeWaiting(const SandboxRecord& record, const RunningMachine& waiting, const Pending<SandboxInfo>& written);

  // In this order:
  void copyMemory(const std::string& snapshotId, const Pending<SandboxInfo>& written);
  void compareFacts();
  void startMachine(const MachineFacts& facts);
  void letItRun();
  void reachAgent();
  void giveIdentity();
  /// The snapshot is missing, incomplete or damaged; the operation fails by itself.
  virtual void snapshotIsUnusable(const Error&) {}
  /// Whether it is for somebody whose rules are known.
  [[nodiscard]] virtual bool hasNetwork() const { return true; }
  /// The last step belongs to create and resume: make it known as active.
  virtual void awake(const WorkingFiles& files) = 0;

  void handOver();
  [[nodiscard]] RunningMachine running() const { return {machine_, agent_, files_, gateway_}; }

  EngineParts& parts_;

 private:
  void watchMachine(std::shared_ptr<Machine> machine);
  [[nodiscard]] Pending<std::shared_ptr<Gateway>> openGateway();

  std::optional<SandboxRecord> record_;
  WorkingFiles files_;
  std::shared_ptr<Machine> machine_;
  std::shared_ptr<GuestAgent> agent_;
  std::shared_ptr<Gateway> gateway_;
};

/// Fresh entropy, a name, the environment: what tells one clone from another.
[[nodiscard]] GuestIdentity identityOf(const SandboxRecord& record);
/// What a new sandbox starts with that is made from a snapshot of this one: its environment is already in the memory.
[[nodiscard]] GuestDefaults inheritedDefaults(const SandboxRecord& record);
/// Whether a snapshot can be loaded here; the message says what differs.
[[nodiscard]] Result<void> checkFacts(const MachineFacts& saved, const MachineFacts& here);

}  // namespace terrarium
