// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <functional>
#include <memory>

#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/httpmessage.h"
#include "backend/httpapi/transport.h"
#include "backend/support/result.h"

namespace terrarium {

/// One request and its response, on the Qt thread. Deletes itself when the response is complete or the peer is gone; whatever works
/// for it should be its child, so that it ends with it.
class Exchange : public QObject {
  Q_OBJECT
 public:
  Exchange(HttpRequest request, std::shared_ptr<Transport> transport, QObject* parent);
  ~Exchange() override;

  [[nodiscard]] const HttpRequest& request() const { return request_; }

  /// To go with whatever the response will be.
  void addHeaders(const HttpHeaders& headers) { added_ += headers; }
  /// Reads the whole body; answers 413 by itself when it is larger, 408 when it takes longer than JSON bodies may.
  void collectBody(const HttpConfig& config, std::function<void(const QByteArray&)> received);
  /// Asks for the next piece of the body (bodyReceived).
  void wantBody() { transport_->wantBody(); }

  void respond(int status, const QByteArray& contentType, const QByteArray& body, HttpHeaders headers = {});
  void respond(int status, const QJsonObject& body, HttpHeaders headers = {});
  void respond(int status, const QJsonArray& body, HttpHeaders headers = {});
  void respondEmpty(int status);
  void respondError(const Error& error, HttpHeaders headers = {});
  /// An error with a status and code of its own.
  void respondError(int status, const QByteArray& code, const QString& message, HttpHeaders headers = {});

  /// A response in pieces. `length` < 0: unknown.
  void beginStream(int status, const QByteArray& contentType, qint64 length, HttpHeaders headers = {});
  void writeStream(const QByteArray& bytes);
  void endStream();
  /// Ends a response that has begun and cannot be completed, so that the client notices.
  void abort();
  /// Bytes that were given to writeStream() and are not on the wire yet.
  [[nodiscard]] qint64 unsent() const { return unsent_; }
  [[nodiscard]] bool hasBegun() const { return begun_; }

  /// Somebody else's response, to which nothing is added; `headers` hold Content-Length when the framing is that. Goes on like a
  /// stream.
  void beginForwarded(int status, const HttpHeaders& headers, BodyFraming framing);
  /// Their change of protocol: from here on writeStream() and wantBody() carry bytes as they are.
  void openTunnel(const HttpHeaders& headers);

  void acceptWebSocket(const QByteArray& subprotocol, qint64 maxMessage);
  void wantMessage() { transport_->wantMessage(); }
  void sendMessage(const QByteArray& bytes, bool isText);
  void closeWebSocket(int code, const QByteArray& reason);

 signals:
  void bodyReceived(const QByteArray& bytes, bool last);
  /// That many bytes of writeStream() or sendMessage() have reached the wire.
  void sent(qint64 bytes);
  void messageReceived(const QByteArray& bytes, bool isText);
  /// The peer closed the connection before the response was complete.
  void gone();

 private:
  friend class Bridge;
  [[nodiscard]] HttpHeaders completed(HttpHeaders headers, const QByteArray& contentType) const;
  void noteSent(qint64 bytes);
  void noteGone();
  void done();

  HttpRequest request_;
  std::shared_ptr<Transport> transport_;
  HttpHeaders added_;
  QByteArray collected_;
  qint64 unsent_ = 0;
  bool begun_ = false;
  bool finished_ = false;
};

}  // namespace terrarium
