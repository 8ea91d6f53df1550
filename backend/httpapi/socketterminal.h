// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "backend/api/exec.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/unreadoutput.h"

namespace terrarium {

/// A terminal over a WebSocket: raw bytes both ways in binary frames; resize and signal as JSON text. A child of its exchange.
class SocketTerminal : public QObject {
  Q_OBJECT
 public:
  SocketTerminal(Exchange& exchange, std::unique_ptr<ExecSession> session);

 private:
  void take(const QByteArray& message, bool isText);
  void takeControl(const QByteArray& text);
  void wantMore();

  Exchange& exchange_;
  std::unique_ptr<ExecSession> session_;
  UnreadOutput* unread_ = nullptr;  ///< owned by the session
  QTimer idle_;
  bool waitsForDrain_ = false;
};

}  // namespace terrarium
