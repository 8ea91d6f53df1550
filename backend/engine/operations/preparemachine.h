// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/engine/operations/wakingoperation.h"
#include "backend/engine/ports/templatestore.h"
#include "backend/engine/waitingmachines.h"

namespace terrarium {

/// A machine restored from a template's snapshot and rehearsed with an identity that is nobody's, so that under emulation the code
/// of a wake and a first command is translated already. Stands still in the end. Announced to nobody; owned by WaitingMachines.
class PrepareMachine : public WakingOperation {
  Q_OBJECT
 public:
  PrepareMachine(EngineParts& parts, const TemplateRecord& source);

  void begin() override;
  [[nodiscard]] Pending<WaitingMachine> result() const { return result_.pending(); }

 protected:
  [[nodiscard]] bool hasNetwork() const override { return false; }
  // After the steps of WakingOperation, in this order:
  void awake(const WorkingFiles& files) override;
  void standStill();
  void answer(const std::optional<Error>& error) override;

 private:
  TemplateRecord source_;
  SandboxRecord nobody_;
  std::shared_ptr<void> heldSnapshot_;
  std::unique_ptr<ExecSession> rehearsal_;
  Resolver<WaitingMachine> result_;
};

}  // namespace terrarium
