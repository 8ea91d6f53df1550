// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "backend/api/exec.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/unreadoutput.h"
#include "backend/httpapi/utf8cutter.h"

namespace terrarium {

/// Sends what a command writes as server-sent events. A child of its exchange; the command ends with it and waits for a slow
/// reader.
class ExecStreaming : public QObject {
  Q_OBJECT
 public:
  ExecStreaming(Exchange& exchange, std::unique_ptr<ExecSession> session, std::chrono::milliseconds keepAlive);

 private:
  void begin();
  void forward(OutputChannel channel, const QByteArray& bytes);
  void sendOutput(OutputChannel channel, const QByteArray& text);
  void sendRest();
  void send(QJsonObject event);
  void end(const QJsonObject& event);
  void fail(const Error& error);

  Exchange& exchange_;
  std::unique_ptr<ExecSession> session_;
  UnreadOutput* unread_ = nullptr;  ///< owned by the session
  QTimer keepAlive_;
  Utf8Cutter stdout_;
  Utf8Cutter stderr_;
};

}  // namespace terrarium
