// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <vector>

#include "backend/api/sandboxes.h"
#include "backend/engine/operations/operationrunner.h"
#include "backend/engine/operations/savingoperation.h"

namespace terrarium {

/// Clones of an active or paused sandbox, with its memory. Either all of them come to life or none is left. The source goes on as
/// it was.
class ForkSandbox : public SavingOperation {
  Q_OBJECT
 public:
  ForkSandbox(EngineParts& parts, OperationRunner& runner, const OperationId& operation, const SandboxRecord& source,
              const ForkSpec& spec);

  void begin() override;
  [[nodiscard]] Pending<std::vector<SandboxInfo>> result() const { return result_.pending(); }

 protected:
  // After a save of the active source:
  void saved() override;
  void makeClones();
  void finish();

  void answer(const std::optional<Error>& error) override;

 private:
  Pending<void> makeOne(const SandboxName& name);
  Pending<void> removeClones();

  OperationRunner& runner_;
  SandboxRecord source_;
  ForkSpec spec_;
  std::string snapshotId_;
  std::shared_ptr<void> heldSnapshot_;
  std::vector<SandboxInfo> clones_;
  Resolver<std::vector<SandboxInfo>> result_;
};

}  // namespace terrarium
