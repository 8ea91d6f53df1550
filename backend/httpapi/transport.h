// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include "backend/httpapi/httpmessage.h"

namespace terrarium {

/// How body bytes of a response are delimited.
enum class BodyFraming { None, ContentLength, Chunked };

/// The wire side of one exchange, as the Qt thread sees it. Every call may be made from the Qt thread and takes effect on the
/// server's own thread later; after the peer is gone calls do nothing.
class Transport {
 public:
  virtual ~Transport() = default;
  /// Asks for the next piece of the request body; it comes as Exchange::bodyReceived.
  virtual void wantBody() = 0;
  virtual void sendHead(int status, const HttpHeaders& headers, BodyFraming framing) = 0;
  virtual void sendBody(const QByteArray& bytes) = 0;
  virtual void finish() = 0;
  /// Changes over to whatever the client and somebody else agreed on: 101 with these headers, then sendBody() and wantBody() carry
  /// bytes as they are.
  virtual void openTunnel(const HttpHeaders& headers) = 0;
  /// Accepts the upgrade; after that only the WebSocket calls count.
  virtual void acceptWebSocket(const QByteArray& subprotocol, qint64 maxMessage) = 0;
  virtual void wantMessage() = 0;
  virtual void sendMessage(const QByteArray& bytes, bool isText) = 0;
  virtual void closeWebSocket(int code, const QByteArray& reason) = 0;
  /// Cuts the connection.
  virtual void abort() = 0;
};

}  // namespace terrarium
