// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/websocketclient.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QtEndian>
#include <array>

namespace terrarium {

namespace {
constexpr qint64 kPiece = 64 * 1024;
constexpr qint64 kMaxRefusalBytes = 64 * 1024;
constexpr int kNoCloseFrame = 1006;

QByteArray randomKey() {
  std::array<quint32, 4> words{};
  QRandomGenerator::system()->generate(words.begin(), words.end());
  return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words).toBase64();
}
}  // namespace

WebSocketClient::WebSocketClient(QObject* parent) : QObject(parent) {
  connect(&socket_, &HttpSocket::headReceived, this, &WebSocketClient::onHead);
  connect(&socket_, &HttpSocket::changed, this, &WebSocketClient::onChanged);
  connect(&socket_, &HttpSocket::bytesWritten, this, &WebSocketClient::bytesWritten);
  connect(&socket_, &HttpSocket::failed, this, [this](const QString& reason) {
    stage_ = Stage::Ended;
    emit failed(reason);
  });
}

void WebSocketClient::open(QNetworkRequest request, const QByteArray& protocols) {
  key_ = randomKey();
  request.setRawHeader("Connection", "Upgrade");
  request.setRawHeader("Upgrade", "websocket");
  request.setRawHeader("Sec-WebSocket-Version", "13");
  request.setRawHeader("Sec-WebSocket-Key", key_);
  request.setRawHeader("Sec-WebSocket-Protocol", protocols);
  socket_.open(request, "GET");
}

void WebSocketClient::send(WebSocketOpcode opcode, const QByteArray& payload) {
  if (stage_ == Stage::Open) socket_.write(clientFrame(opcode, payload, QRandomGenerator::global()->generate()));
}

void WebSocketClient::onHead(const ResponseHead& head) {
  if (head.status == 101) {
    if (head.header("Sec-WebSocket-Accept") != webSocketAccept(key_)) {
      stage_ = Stage::Ended;
      emit failed(QStringLiteral("the server did not answer the handshake correctly"));
      return;
    }
    stage_ = Stage::Open;
    emit opened();
    return;
  }
  stage_ = Stage::Refusing;
  status_ = head.status;
  bool isNumber = false;
  bodyLength_ = head.header("Content-Length").toLongLong(&isNumber);
  if (!isNumber) bodyLength_ = -1;
  collectRefusal();
}

void WebSocketClient::onChanged() {
  if (stage_ == Stage::Refusing) return collectRefusal();
  if (stage_ == Stage::Open) readMessages();
}

void WebSocketClient::collectRefusal() {
  body_.append(socket_.take(kMaxRefusalBytes));
  const bool complete = bodyLength_ >= 0 && body_.size() >= bodyLength_;
  if (!complete && !socket_.isExhausted() && body_.size() < kMaxRefusalBytes) return;
  stage_ = Stage::Ended;
  emit refused(status_, body_);
}

void WebSocketClient::setReading(bool reading) {
  if (reading_ == reading) return;
  reading_ = reading;
  // Not from within the receiver's call: it may be in the middle of handling a message.
  if (reading_) QMetaObject::invokeMethod(this, &WebSocketClient::onChanged, Qt::QueuedConnection);
}

void WebSocketClient::readMessages() {
  const QPointer<WebSocketClient> self(this);
  while (self && reading_ && stage_ == Stage::Open) {
    if (const auto message = frames_.next()) {
      deliver(*message);
      continue;
    }
    if (*frames_.problem() != '\0') return end(kNoCloseFrame, QString::fromLatin1(frames_.problem()));
    const auto bytes = socket_.take(kPiece);
    if (!bytes.isEmpty()) {
      frames_.feed(bytes);
    } else if (socket_.isExhausted()) {
      return end(kNoCloseFrame, QStringLiteral("the connection was cut"));
    } else {
      return;
    }
  }
}

void WebSocketClient::deliver(const WebSocketMessage& message) {
  switch (message.opcode) {
    case WebSocketOpcode::Text:
      emit textReceived(message.payload);
      return;
    case WebSocketOpcode::Binary:
      emit binaryReceived(message.payload);
      return;
    case WebSocketOpcode::Ping:
      send(WebSocketOpcode::Pong, message.payload);
      return;
    case WebSocketOpcode::Close: {
      const auto code = message.payload.size() >= 2 ? qFromBigEndian<quint16>(message.payload.constData()) : 1005;
      send(WebSocketOpcode::Close, message.payload.left(2));
      socket_.close();
      return end(code, QString::fromUtf8(message.payload.mid(2)));
    }
    case WebSocketOpcode::Pong:
    case WebSocketOpcode::Continuation:
      return;
  }
}

void WebSocketClient::end(int code, const QString& reason) {
  stage_ = Stage::Ended;
  emit closed(code, reason);
}

}  // namespace terrarium
