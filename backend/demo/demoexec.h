// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/exec.h"
#include "backend/demo/demoactivity.h"
#include "backend/demo/demofiles.h"
#include "backend/demo/demosandboxes.h"
#include "backend/demo/demoshell.h"

namespace terrarium {

/// Commands and terminals of the demonstration engine, answered by a make-believe shell.
class DemoExec final : public Exec {
 public:
  DemoExec(const Events& events, const DemoSandboxes& sandboxes, DemoFiles& files, DemoActivity& activity);

  [[nodiscard]] std::unique_ptr<ExecSession> run(const SandboxId& id, const ExecRequest& request) override;
  [[nodiscard]] std::unique_ptr<ExecSession> openTerminal(const SandboxId& id, const TerminalRequest& request) override;

 private:
  [[nodiscard]] Result<DemoShell> shellFor(const SandboxId& id, const std::map<std::string, std::string>& env,
                                           const std::string& workingDirectory, bool terminal);

  const Events& events_;
  const DemoSandboxes& sandboxes_;
  DemoFiles& files_;
  DemoActivity& activity_;
};

}  // namespace terrarium
