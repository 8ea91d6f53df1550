// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>

#include "backend/engine/engineparts.h"
#include "backend/engine/operations/operation.h"

namespace terrarium {

/// What a named snapshot and a fork have in common: an active sandbox is saved while it stands still, and goes on. It stays active
/// all the time and its machine stays where it is. Not an operation of its own.
class SavingOperation : public Operation {
  Q_OBJECT
 public:
  static constexpr int kStages = 4;

 protected:
  SavingOperation(OperationSubject subject, EngineParts& parts, const SandboxId& id)
      : Operation(std::move(subject)), parts_(parts), id_(id) {}

  /// Begins; the set gets that id.
  void save(const std::string& snapshotId);

  // In this order:
  void stopMachine();
  void saveState();
  void copyFiles();
  void letItGoOn();
  /// The machine runs again and the set is durable; it is removed when the operation fails after this.
  virtual void saved() = 0;

  EngineParts& parts_;
  SandboxId id_;

 private:
  [[nodiscard]] QString stateFile() const;

  std::string snapshotId_;
  std::optional<RunningMachine> running_;
};

}  // namespace terrarium
