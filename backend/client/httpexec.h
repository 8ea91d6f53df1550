// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/exec.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// Commands and terminals over WebSockets: only these carry output byte for byte and take input. Owned by HttpFacade.
class HttpExec : public Exec {
 public:
  HttpExec(HttpCalls& calls, AccessTokens& tokens) : calls_(calls), tokens_(tokens) {}
  [[nodiscard]] std::unique_ptr<ExecSession> run(const SandboxId& id, const ExecRequest& request) override;
  [[nodiscard]] std::unique_ptr<ExecSession> openTerminal(const SandboxId& id, const TerminalRequest& request) override;

 private:
  HttpCalls& calls_;
  AccessTokens& tokens_;
};

}  // namespace terrarium
