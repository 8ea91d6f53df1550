// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/exec.h"
#include "backend/engine/activitylog.h"
#include "backend/engine/lifecycle.h"
#include "backend/engine/runningmachines.h"

namespace terrarium {

/// The Exec facade: commands and terminals of active sandboxes, through their agents. Engine thread.
class EngineExec : public Exec {
 public:
  EngineExec(const Lifecycle& lifecycle, const RunningMachines& machines, ActivityLog& activity)
      : lifecycle_(lifecycle), machines_(machines), activity_(activity) {}

  [[nodiscard]] std::unique_ptr<ExecSession> run(const SandboxId& id, const ExecRequest& request) override;
  [[nodiscard]] std::unique_ptr<ExecSession> openTerminal(const SandboxId& id, const TerminalRequest& request) override;

 private:
  [[nodiscard]] Result<GuestAgent*> agentOf(const SandboxId& id) const;

  const Lifecycle& lifecycle_;
  const RunningMachines& machines_;
  ActivityLog& activity_;
};

}  // namespace terrarium
