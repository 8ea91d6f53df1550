// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/sessioncontroller.h"

#include "backend/httpapi/socketexec.h"
#include "backend/httpapi/socketterminal.h"

namespace terrarium {

namespace {
constexpr qint64 kTerminalFrame = 64 * 1024;
constexpr qint64 kExecFrame = 4 << 20;

bool offers(const HttpRequest& request, const QByteArray& protocol) {
  for (const auto& offered : request.header("sec-websocket-protocol").split(',')) {
    if (offered.trimmed() == protocol) return true;
  }
  return false;
}
}  // namespace

void SessionController::whenActive(const RouteCall& call, const QByteArray& protocol, std::function<void()> accepted) {
  auto& exchange = call.exchange;
  if (!exchange.request().isWebSocket) {
    return exchange.respondError(400, "bad_request", QStringLiteral("This path is for WebSocket connections."));
  }
  if (!offers(exchange.request(), protocol)) {
    return exchange.respondError(
        400, "bad_request", QStringLiteral("The WebSocket subprotocol %1 has to be offered.").arg(QString::fromLatin1(protocol)));
  }
  whenDone(
      facade_.sandboxes().get(*call.sandbox), &exchange,
      [&exchange, accepted = std::move(accepted)](const Result<SandboxInfo>& info) {
        if (!info) return exchange.respondError(info.error());
        if (!isAllowed(SandboxAction::Exec, info->state)) {
          return exchange.respondError(Error{ErrorCode::NotRunning, "sandbox is " + std::string(phaseName(info->state)), {}, {}});
        }
        accepted();
      });
}

void SessionController::openTerminal(const RouteCall& call) {
  const QByteArray protocol = "superserve.terminal.v1";
  whenActive(call, protocol, [this, &exchange = call.exchange, id = *call.sandbox, protocol] {
    exchange.acceptWebSocket(protocol, kTerminalFrame);
    new SocketTerminal(exchange, facade_.exec().openTerminal(id, {}));
  });
}

void SessionController::connectExec(const RouteCall& call) {
  const QByteArray protocol = "superserve.exec.v1";
  whenActive(call, protocol, [this, &exchange = call.exchange, id = *call.sandbox, protocol] {
    exchange.acceptWebSocket(protocol, kExecFrame);
    new SocketExec(exchange, [this, id](const ExecRequest& request) { return facade_.exec().run(id, request); });
  });
}

}  // namespace terrarium
