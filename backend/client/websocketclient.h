// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkRequest>
#include <QObject>

#include "backend/client/httpsocket.h"
#include "backend/client/websocketframes.h"

namespace terrarium {

/// The client's end of a WebSocket. Unlike QWebSocket it can stop reading, so that a fast sender waits, and it hands over the reply
/// of a server that refused. Ends with exactly one of refused(), closed() and failed(); receivers may delete it in any of its
/// signals.
class WebSocketClient : public QObject {
  Q_OBJECT
 public:
  explicit WebSocketClient(QObject* parent = nullptr);

  /// `protocols` is the list that is offered, joined by ", ".
  void open(QNetworkRequest request, const QByteArray& protocols);
  void sendText(const QByteArray& text) { send(WebSocketOpcode::Text, text); }
  void sendBinary(const QByteArray& bytes) { send(WebSocketOpcode::Binary, bytes); }
  [[nodiscard]] qint64 bytesToWrite() const { return socket_.bytesToWrite(); }
  void setReading(bool reading);

 signals:
  void opened();
  void textReceived(const QByteArray& text);
  void binaryReceived(const QByteArray& bytes);
  void bytesWritten();
  void refused(int status, const QByteArray& body);
  void closed(int code, const QString& reason);
  void failed(const QString& reason);

 private:
  enum class Stage { Connecting, Refusing, Open, Ended };
  void send(WebSocketOpcode opcode, const QByteArray& payload);
  void onHead(const ResponseHead& head);
  void onChanged();
  void collectRefusal();
  void readMessages();
  void deliver(const WebSocketMessage& message);
  void end(int code, const QString& reason);

  HttpSocket socket_;
  WebSocketFrames frames_;
  QByteArray key_;
  Stage stage_ = Stage::Connecting;
  bool reading_ = true;
  int status_ = 0;
  qint64 bodyLength_ = -1;
  QByteArray body_;
};

}  // namespace terrarium
