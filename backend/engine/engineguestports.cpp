// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/engineguestports.h"

#include "backend/api/failedportconnection.h"
#include "backend/engine/guardedportconnection.h"
#include "backend/engine/reachability.h"

namespace terrarium {

std::unique_ptr<PortConnection> EngineGuestPorts::connectPort(const SandboxId& id, int port) {
  if (const auto reachable = checkReachable(lifecycle_.find(id)); !reachable) {
    return std::make_unique<FailedPortConnection>(reachable.error());
  }
  const auto* running = machines_.find(id);
  if (!running) {
    return std::make_unique<FailedPortConnection>(
        Error{ErrorCode::Unavailable, "The sandbox is changing its state. Try again in a moment."});
  }
  return std::make_unique<GuardedPortConnection>(running->agent->connectPort(port), lifecycle_, id);
}

}  // namespace terrarium
