// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

namespace terrarium {

struct RawReply {
  int status = 0;                         ///< 0: none came
  QHash<QByteArray, QByteArray> headers;  ///< names in lower case
  QByteArray body;

  [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
  [[nodiscard]] QString errorCode() const { return json()[QLatin1String("error")][QLatin1String("code")].toString(); }
  [[nodiscard]] QString errorMessage() const { return json()[QLatin1String("error")][QLatin1String("message")].toString(); }
};

/// Notes an exchange for the comparison with the written contract, in a file of this program in the folder TERRARIUM_EXCHANGES.
inline void recordExchange(const QByteArray& request, const RawReply& reply) {
  static const auto folder = qEnvironmentVariable("TERRARIUM_EXCHANGES");
  if (folder.isEmpty() || reply.status == 0) return;
  static QFile* const file = [] {
    QDir().mkpath(folder);
    auto* opened = new QFile(folder + QLatin1Char('/') + QFileInfo(QCoreApplication::applicationFilePath()).fileName() +
                             QStringLiteral(".jsonl"));
    if (!opened->open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("exchanges cannot be recorded");
    return opened;
  }();
  const auto words = request.left(request.indexOf("\r\n")).split(' ');
  const QJsonObject exchange{
      {QStringLiteral("method"), QString::fromLatin1(words.value(0))},
      {QStringLiteral("target"), QString::fromLatin1(words.value(1))},
      {QStringLiteral("request_body"), QString::fromUtf8(request.mid(request.indexOf("\r\n\r\n") + 4))},
      {QStringLiteral("status"), reply.status},
      {QStringLiteral("content_type"), QString::fromLatin1(reply.headers.value("content-type"))},
      {QStringLiteral("body"), QString::fromUtf8(reply.body)},
  };
  file->write(QJsonDocument(exchange).toJson(QJsonDocument::Compact) + '\n');
  file->flush();
}

/// A TCP connection to the server over which a test writes bytes of its own making and takes responses apart.
class RawConnection {
 public:
  explicit RawConnection(quint16 port) {
    socket_.setReadBufferSize(64 * 1024);
    // At once, since what was not read is lost when the socket closes.
    QObject::connect(&socket_, &QTcpSocket::readyRead, &socket_, [this] { fill(); });
    socket_.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!QTest::qWaitFor([this] { return socket_.state() == QAbstractSocket::ConnectedState; })) qFatal("no connection");
  }

  void send(const QByteArray& bytes) { socket_.write(bytes); }
  /// Stops and goes on reading from the network.
  void holdBack(bool held) {
    heldBack_ = held;
    fill();
  }
  void abort() { socket_.abort(); }
  [[nodiscard]] QTcpSocket& socket() { return socket_; }

  /// Waits until `text` has come and takes everything up to its end.
  [[nodiscard]] QByteArray until(const QByteArray& text) {
    if (!QTest::qWaitFor([&] { return fill() && (buffer_.contains(text) || hasEnded()); }) || !buffer_.contains(text)) return {};
    return take(buffer_.indexOf(text) + text.size());
  }
  [[nodiscard]] QByteArray bytes(qsizetype count) {
    if (!QTest::qWaitFor([&] { return fill() && (buffer_.size() >= count || hasEnded()); }) || buffer_.size() < count) return {};
    return take(count);
  }
  [[nodiscard]] bool isClosed() {
    return QTest::qWaitFor([&] { return fill() && hasEnded(); });
  }
  /// What came and was not taken.
  [[nodiscard]] const QByteArray& rest() const { return buffer_; }

  [[nodiscard]] RawReply head() {
    RawReply reply;
    const auto lines = until("\r\n\r\n").split('\n');
    reply.status = lines.value(0).split(' ').value(1).toInt();
    for (const auto& line : lines.mid(1)) {
      const auto colon = line.indexOf(':');
      if (colon > 0) reply.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    return reply;
  }
  [[nodiscard]] RawReply reply(bool withBody = true) {
    auto reply = head();
    if (!withBody) return reply;
    if (reply.headers.value("transfer-encoding") == "chunked") {
      for (QByteArray part = chunk(); !part.isEmpty(); part = chunk()) reply.body += part;
    } else if (const auto length = reply.headers.value("content-length").toLongLong(); length > 0) {
      reply.body = bytes(length);
    }
    return reply;
  }
  /// One chunk of a chunked body; empty: the last.
  [[nodiscard]] QByteArray chunk() {
    const auto size = until("\r\n").trimmed().toLongLong(nullptr, 16);
    const auto content = size > 0 ? bytes(size) : QByteArray();
    (void)until("\r\n");
    return content;
  }

 private:
  [[nodiscard]] bool hasEnded() const { return socket_.state() == QAbstractSocket::UnconnectedState; }
  bool fill() {
    if (socket_.isOpen() && !heldBack_) buffer_ += socket_.readAll();
    return true;
  }
  QByteArray take(qsizetype count) {
    const auto taken = buffer_.left(count);
    buffer_.remove(0, count);
    return taken;
  }
  QTcpSocket socket_;
  QByteArray buffer_;
  bool heldBack_ = false;
};

}  // namespace terrarium
