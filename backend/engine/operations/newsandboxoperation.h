// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

/// What creating from a template, from a snapshot and by a fork have in common: a new row, woken from a snapshot. When it fails or
/// is cancelled, no row, file or machine is left. Not an operation of its own.
class NewSandboxOperation : public WakingOperation {
  Q_OBJECT
 public:
  [[nodiscard]] Pending<SandboxInfo> result() const { return result_.pending(); }

 protected:
  NewSandboxOperation(OperationSubject subject, EngineParts& parts)
      : WakingOperation(std::move(subject), parts), id_(*SandboxId::parse(this->subject().id)) {}

  /// `record` lacks only its machine. The snapshot is kept until it has been copied.
  void startFrom(SandboxRecord record, const std::string& snapshotId);
  /// The same with a machine that waited for this.
  void startWith(SandboxRecord record, const WaitingMachine& waiting);
  void awake(const WorkingFiles& files) override;
  void answer(const std::optional<Error>& error) override;
  /// Nothing when one more fits.
  [[nodiscard]] Result<void> checkRoom() const;

  SandboxId id_;

 private:
  void undoRow();

  std::shared_ptr<void> heldSnapshot_;
  std::optional<SandboxInfo> info_;
  Resolver<SandboxInfo> result_;
};

}  // namespace terrarium
