// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>

namespace terrarium {

/// A server on loopback that answers as a test says. Keeps every request; the handler writes to the socket whatever it likes, so
/// that splits, cuts and nonsense can be tried.
class ScriptedServer {
 public:
  struct Request {
    QByteArray verb;
    QByteArray target;
    QHash<QByteArray, QByteArray> headers;  ///< names in lower case
    QByteArray body;
  };
  using Handler = std::function<void(const Request&, QTcpSocket&)>;

  explicit ScriptedServer(Handler handler) : handler_(std::move(handler)) {
    server_.listen(QHostAddress::LocalHost);
    QObject::connect(&server_, &QTcpServer::newConnection, &server_, [this] { accept(); });
  }

  [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server_.serverPort())); }

  static void reply(QTcpSocket& socket, int status, const QByteArray& body, const QByteArray& headers = {}) {
    socket.write("HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + headers +
                 "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
  }

  QList<Request> requests;

 private:
  void accept() {
    auto* socket = server_.nextPendingConnection();
    auto buffer = std::make_shared<QByteArray>();
    QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer] {
      buffer->append(socket->readAll());
      Request request;
      while (take(*buffer, request)) {
        requests.append(request);
        handler_(request, *socket);
      }
    });
  }

  static bool take(QByteArray& buffer, Request& request) {
    const auto end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return false;
    auto lines = buffer.left(end).split('\n');
    const auto first = lines.takeFirst().trimmed().split(' ');
    if (first.size() < 3) return false;
    request = {first[0], first[1], {}, {}};
    for (const auto& line : lines) {
      const auto colon = line.indexOf(':');
      request.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    auto rest = buffer.mid(end + 4);
    if (request.headers.value("transfer-encoding") == "chunked") {
      if (!takeChunks(rest, request.body)) return false;
    } else {
      const auto length = request.headers.value("content-length").toLongLong();
      if (rest.size() < length) return false;
      request.body = rest.left(length);
      rest.remove(0, length);
    }
    buffer = rest;
    return true;
  }

  static bool takeChunks(QByteArray& rest, QByteArray& body) {
    qsizetype at = 0;
    while (true) {
      const auto line = rest.indexOf("\r\n", at);
      if (line < 0) return false;
      const auto size = rest.mid(at, line - at).toLongLong(nullptr, 16);
      if (rest.size() < line + 2 + size + 2) return false;
      body += rest.mid(line + 2, size);
      at = line + 2 + size + 2;
      if (size == 0) break;
    }
    rest.remove(0, at);
    return true;
  }

  QTcpServer server_;
  Handler handler_;
};

}  // namespace terrarium
