// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpexec.h"

#include "backend/client/socketsession.h"

namespace terrarium {

std::unique_ptr<ExecSession> HttpExec::run(const SandboxId& id, const ExecRequest& request) {
  return std::make_unique<SocketSession>(calls_, tokens_, id, planFor(request));
}

std::unique_ptr<ExecSession> HttpExec::openTerminal(const SandboxId& id, const TerminalRequest& request) {
  return std::make_unique<SocketSession>(calls_, tokens_, id, planFor(request));
}

}  // namespace terrarium
