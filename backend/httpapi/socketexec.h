// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

#include "backend/api/exec.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/unreadoutput.h"

namespace terrarium {

/// A command over a WebSocket, with stdin: the first text frame says what to run; then binary frames 0x00 + stdin, text frames for
/// stdin_close and signal; back come 0x01 + stdout, 0x02 + stderr and a last text frame with the exit code. A child of its
/// exchange.
class SocketExec : public QObject {
  Q_OBJECT
 public:
  using Starter = std::function<std::unique_ptr<ExecSession>(const ExecRequest&)>;
  SocketExec(Exchange& exchange, Starter starter);

 private:
  void take(const QByteArray& message, bool isText);
  void start(const QByteArray& text);
  void wantMessages();
  void takeControl(const QByteArray& text);
  void finish(const QJsonObject& last, int code, const QByteArray& reason);

  Exchange& exchange_;
  Starter starter_;
  std::unique_ptr<ExecSession> session_;
  UnreadOutput* unread_ = nullptr;  ///< owned by the session
  QTimer startLimit_;
  int unasked_ = 0;  ///< messages that are not asked for before the input has gone into the command
};

}  // namespace terrarium
