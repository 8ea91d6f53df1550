// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/engineexec.h"

#include "backend/engine/guardedexecsession.h"
#include "backend/engine/reachability.h"

namespace terrarium {

namespace {
/// Beyond the command's own time.
constexpr std::chrono::seconds kPatience{15};
}  // namespace

std::unique_ptr<ExecSession> EngineExec::run(const SandboxId& id, const ExecRequest& request) {
  const auto agent = agentOf(id);
  if (!agent) return std::make_unique<FailedExecSession>(agent.error());
  std::optional<std::chrono::milliseconds> patience;
  if (request.timeout) patience = *request.timeout + kPatience;
  auto session = std::make_unique<GuardedExecSession>((*agent)->run(request), lifecycle_, id, patience);
  activity_.follow(*session, lifecycle_.find(id)->info, request);
  return session;
}

std::unique_ptr<ExecSession> EngineExec::openTerminal(const SandboxId& id, const TerminalRequest& request) {
  const auto agent = agentOf(id);
  if (!agent) return std::make_unique<FailedExecSession>(agent.error());
  return std::make_unique<GuardedExecSession>((*agent)->openTerminal(request), lifecycle_, id);
}

Result<GuestAgent*> EngineExec::agentOf(const SandboxId& id) const {
  if (const auto reachable = checkReachable(lifecycle_.find(id)); !reachable) return failure(reachable.error());
  const auto* running = machines_.find(id);
  if (!running) return failure(ErrorCode::Unavailable, "The sandbox is changing its state. Try again in a moment.");
  return running->agent.get();
}

}  // namespace terrarium
