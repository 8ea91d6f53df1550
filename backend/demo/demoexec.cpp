// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoexec.h"

#include "backend/demo/democommand.h"
#include "backend/demo/demoterminal.h"

namespace terrarium {

DemoExec::DemoExec(const Events& events, const DemoSandboxes& sandboxes, DemoFiles& files, DemoActivity& activity)
    : events_(events), sandboxes_(sandboxes), files_(files), activity_(activity) {}

Result<DemoShell> DemoExec::shellFor(const SandboxId& id, const std::map<std::string, std::string>& env,
                                     const std::string& workingDirectory, bool terminal) {
  const auto entry = sandboxes_.requireActive(id);
  if (!entry) return failure(entry.error());
  const auto tree = files_.treeOf(id);
  if (!tree) return failure(tree.error());
  DemoShell::Surroundings surroundings{*tree, demoHostname(id), env};
  surroundings.env.insert((*entry)->env.begin(), (*entry)->env.end());  // what the request says is kept
  for (const auto& binding : (*entry)->info.secrets) surroundings.env.emplace(binding.envKey, "ssrv_proxy_demonstration");
  surroundings.terminal = terminal;
  if (!workingDirectory.empty()) {
    const auto* node = (*tree)->find(workingDirectory);
    if (workingDirectory.front() != '/' || node == nullptr || !node->isDirectory) {
      return failure(badRequest("working_dir", "working_dir is no folder of this sandbox: give an absolute path of one."));
    }
    surroundings.workingDirectory = normalizedPath(workingDirectory);
  }
  return DemoShell(std::move(surroundings));
}

std::unique_ptr<ExecSession> DemoExec::run(const SandboxId& id, const ExecRequest& request) {
  auto shell = shellFor(id, request.env, request.workingDirectory, false);
  const auto outcome = [&]() -> Result<DemoOutcome> {
    if (!shell) return failure(shell.error());
    if (!request.args) return shell->run(request.command);
    std::vector<std::string> words{request.command};
    words.insert(words.end(), request.args->begin(), request.args->end());
    return shell->runProgram(words);
  }();
  auto session = std::make_unique<DemoCommand>(id, events_, outcome, request);
  if (const auto entry = sandboxes_.requireActive(id)) activity_.follow(*session, (*entry)->info, request.command);
  return session;
}

std::unique_ptr<ExecSession> DemoExec::openTerminal(const SandboxId& id, const TerminalRequest& request) {
  return std::make_unique<DemoTerminal>(id, events_, shellFor(id, request.env, request.workingDirectory, true));
}

}  // namespace terrarium
