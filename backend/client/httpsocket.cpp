// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpsocket.h"

#include <QNetworkProxy>
#include <QPointer>
#include <QSslSocket>
#include <QUrl>

namespace terrarium {

namespace {
constexpr qint64 kReadBuffer = 256 * 1024;
constexpr std::chrono::seconds kConnectPatience{20};

bool isSecure(const QUrl& url) { return url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("wss"); }
}  // namespace

HttpSocket::HttpSocket(QObject* parent) : QObject(parent) {
  patience_.setSingleShot(true);
  patience_.setInterval(kConnectPatience);
  connect(&patience_, &QTimer::timeout, this, [this] {
    ended_ = true;
    emit failed(QStringLiteral("it did not answer in time"));
  });
}

void HttpSocket::open(const QNetworkRequest& request, const QByteArray& verb) {
  request_ = request;
  verb_ = verb;
  const auto url = request.url();
  if (isSecure(url)) {
    auto* secure = new QSslSocket(this);
    connect(secure, &QSslSocket::encrypted, this, &HttpSocket::onConnected);
    socket_ = secure;
  } else {
    socket_ = new QTcpSocket(this);
    connect(socket_, &QTcpSocket::connected, this, &HttpSocket::onConnected);
  }
  socket_->setProxy(QNetworkProxy::NoProxy);
  socket_->setReadBufferSize(kReadBuffer);
  connect(socket_, &QTcpSocket::readyRead, this, &HttpSocket::onReadyRead);
  connect(socket_, &QTcpSocket::disconnected, this, &HttpSocket::onEnded);
  connect(socket_, &QTcpSocket::bytesWritten, this, &HttpSocket::bytesWritten);
  connect(socket_, &QTcpSocket::errorOccurred, this, [this] {
    if (socket_->state() == QAbstractSocket::UnconnectedState) onEnded();
  });
  patience_.start();
  if (auto* secure = qobject_cast<QSslSocket*>(socket_)) {
    secure->connectToHostEncrypted(url.host(), static_cast<quint16>(url.port(443)));
  } else {
    socket_->connectToHost(url.host(), static_cast<quint16>(url.port(80)));
  }
}

QByteArray HttpSocket::head() const {
  const auto url = request_.url();
  auto target = url.path(QUrl::FullyEncoded).toLatin1();
  if (target.isEmpty()) target = "/";
  if (url.hasQuery()) target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
  auto host = url.host(QUrl::FullyEncoded).toLatin1();
  if (host.contains(':')) host = '[' + host + ']';
  if (url.port() > 0) host += ':' + QByteArray::number(url.port());
  QByteArray text = verb_ + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
  for (const auto& name : request_.rawHeaderList()) text += name + ": " + request_.rawHeader(name) + "\r\n";
  return text + "\r\n";
}

void HttpSocket::onConnected() {
  patience_.stop();
  socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
  socket_->write(head());
  emit opened();
}

void HttpSocket::onReadyRead() {
  if (hasHead_) {
    emit changed();
    return;
  }
  buffer_.append(socket_->readAll());
  ResponseHead head;
  const auto progress = takeResponseHead(buffer_, head);
  if (progress == HeadProgress::Incomplete) return;
  if (progress == HeadProgress::Malformed) {
    ended_ = true;
    socket_->disconnect(this);
    socket_->abort();
    emit failed(QStringLiteral("the answer is not HTTP"));
    return;
  }
  hasHead_ = true;
  const QPointer<HttpSocket> self(this);
  emit headReceived(head);
  if (self && (!buffer_.isEmpty() || socket_->bytesAvailable() > 0)) emit changed();
}

void HttpSocket::onEnded() {
  if (ended_) return;
  ended_ = true;
  patience_.stop();
  if (hasHead_) {
    emit changed();
  } else {
    emit failed(socket_->errorString());
  }
}

QByteArray HttpSocket::take(qint64 limit) {
  if (!buffer_.isEmpty()) {
    const auto bytes = buffer_.left(limit);
    buffer_.remove(0, bytes.size());
    return bytes;
  }
  return socket_->read(limit);
}

bool HttpSocket::isExhausted() const { return ended_ && buffer_.isEmpty() && socket_->bytesAvailable() == 0; }

}  // namespace terrarium
