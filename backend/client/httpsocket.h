// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkRequest>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include "backend/client/responsehead.h"

namespace terrarium {

/// One HTTP/1.1 exchange on a connection of its own, for what QNetworkAccessManager cannot do: bodies of unknown length that are
/// sent as they come, and protocol upgrades of which a refusal can be read. Reading stops while nobody takes the bytes, so that the
/// server feels it. TLS for https and wss.
class HttpSocket : public QObject {
  Q_OBJECT
 public:
  explicit HttpSocket(QObject* parent = nullptr);

  /// Connects and sends the head made of `verb` and the request's URL and raw headers.
  void open(const QNetworkRequest& request, const QByteArray& verb);
  void write(const QByteArray& bytes) { socket_->write(bytes); }
  [[nodiscard]] qint64 bytesToWrite() const { return socket_ ? socket_->bytesToWrite() : 0; }
  /// Up to `limit` bytes of what followed the head.
  [[nodiscard]] QByteArray take(qint64 limit);
  /// True when the peer has closed and everything has been taken.
  [[nodiscard]] bool isExhausted() const;
  [[nodiscard]] QString problem() const { return socket_ ? socket_->errorString() : QString(); }
  void close() { socket_->disconnectFromHost(); }

 signals:
  /// The head has been sent; a body may follow.
  void opened();
  void headReceived(const terrarium::ResponseHead& head);
  /// There are bytes to take, or the peer has closed.
  void changed();
  void bytesWritten();
  /// Nothing was reached, or something that does not speak HTTP.
  void failed(const QString& reason);

 private:
  void onConnected();
  void onReadyRead();
  void onEnded();
  [[nodiscard]] QByteArray head() const;

  QNetworkRequest request_;
  QByteArray verb_;
  QTcpSocket* socket_ = nullptr;
  QTimer patience_;
  QByteArray buffer_;
  bool hasHead_ = false;
  bool ended_ = false;
};

}  // namespace terrarium
