// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/api/exec.h"
#include "backend/client/accesstokens.h"
#include "backend/client/httpcalls.h"
#include "backend/client/websocketclient.h"

namespace terrarium {

/// How to open a command or a terminal over a WebSocket.
struct SessionPlan {
  QString path;
  QUrlQuery query;
  QByteArray protocol;
  QByteArray firstMessage;   ///< text frame sent as soon as it is open
  bool closesInput = false;  ///< stdin is closed at once
  bool hasChannels = false;  ///< binary frames begin with a channel byte
};

[[nodiscard]] SessionPlan planFor(const ExecRequest& request);
[[nodiscard]] SessionPlan planFor(const TerminalRequest& request);

/// A command (/exec/connect) or terminal (/terminal) over a WebSocket. Fetches the access token, and once more when it was refused.
class SocketSession final : public ExecSession {
  Q_OBJECT
 public:
  SocketSession(HttpCalls& calls, AccessTokens& tokens, SandboxId id, SessionPlan plan);

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 inputPending() const override;
  void closeInput() override;
  void sendSignal(const QByteArray& name) override;
  void resize(int columns, int rows) override;
  void consumed(qint64 bytes) override;

 private:
  void connectWith(const Result<QString>& token);
  void onOpened();
  void onRefused(int status, const QByteArray& body);
  void onText(const QByteArray& text);
  void onBinary(const QByteArray& bytes);
  void onClosed(int code, const QString& reason);
  void onBytesWritten();
  void deliver(OutputChannel channel, const QByteArray& bytes);
  void control(const QJsonObject& message);
  void sendInput(const QByteArray& bytes);
  void end(const Result<ExecResult>& result);

  HttpCalls& calls_;
  AccessTokens& tokens_;
  SandboxId id_;
  SessionPlan plan_;
  QString token_;
  std::unique_ptr<WebSocketClient> socket_;
  QByteArray waitingInput_;
  QList<QByteArray> waitingControl_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  qint64 unconsumed_ = 0;
  bool open_ = false;
  bool renewed_ = false;
  bool inputClosed_ = false;
  bool inputWaits_ = false;
  bool ended_ = false;
};

}  // namespace terrarium
