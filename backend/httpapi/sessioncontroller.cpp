// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/sessioncontroller.h"

#include "backend/httpapi/socketexec.h"
#include "backend/httpapi/socketterminal.h"

namespace terrarium {

namespace {
constexpr qint64 kTerminalFrame = 64 * 1024;
constexpr int kMostCells = 1000;
constexpr qint64 kExecFrame = 4 << 20;

bool offers(const HttpRequest& request, const QByteArray& protocol) {
  for (const auto& offered : request.header("sec-websocket-protocol").split(',')) {
    if (offered.trimmed() == protocol) return true;
  }
  return false;
}

int cellsOf(const HttpRequest& request, const QString& name, int fallback) {
  const int cells = request.queryValue(name).value_or(QString()).toInt();
  return cells > 0 && cells <= kMostCells ? cells : fallback;
}

/// Size and directory may stand in the query, so that the shell starts right instead of being resized.
TerminalRequest terminalRequest(const HttpRequest& request) {
  TerminalRequest terminal;
  terminal.columns = cellsOf(request, QStringLiteral("cols"), terminal.columns);
  terminal.rows = cellsOf(request, QStringLiteral("rows"), terminal.rows);
  terminal.workingDirectory = request.queryValue(QStringLiteral("working_dir")).value_or(QString()).toStdString();
  return terminal;
}
}  // namespace

bool SessionController::canUpgrade(Exchange& exchange, const QByteArray& protocol) const {
  if (!exchange.request().isWebSocket) {
    exchange.respondError(400, "bad_request", QStringLiteral("This path is for WebSocket connections."));
    return false;
  }
  if (offers(exchange.request(), protocol)) return true;
  exchange.respondError(400, "bad_request",
                        QStringLiteral("The WebSocket subprotocol %1 has to be offered.").arg(QString::fromLatin1(protocol)));
  return false;
}

void SessionController::openTerminal(const RouteCall& call) {
  const QByteArray protocol = "superserve.terminal.v1";
  auto& exchange = call.exchange;
  if (!canUpgrade(exchange, protocol)) return;
  const auto request = terminalRequest(exchange.request());
  exchange.acceptWebSocket(protocol, kTerminalFrame);
  new SocketTerminal(exchange, facade_.exec().openTerminal(*call.sandbox, request));
}

void SessionController::connectExec(const RouteCall& call) {
  const QByteArray protocol = "superserve.exec.v1";
  if (!canUpgrade(call.exchange, protocol)) return;
  call.exchange.acceptWebSocket(protocol, kExecFrame);
  new SocketExec(call.exchange, [this, id = *call.sandbox](const ExecRequest& request) { return facade_.exec().run(id, request); });
}

}  // namespace terrarium
