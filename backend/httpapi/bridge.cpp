// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/bridge.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "backend/httpapi/connection.h"

namespace terrarium {

namespace {

/// Hands calls over to the server's thread. Calls of an exchange that is no longer the connection's current one are dropped there.
class PostingTransport final : public Transport {
 public:
  PostingTransport(boost::asio::io_context& context, std::weak_ptr<Connection> connection, quint64 exchange)
      : context_(context), connection_(std::move(connection)), exchange_(exchange) {}

  void wantBody() override {
    post([](Connection& connection) { connection.wantBody(); });
  }
  void sendHead(int status, const HttpHeaders& headers, BodyFraming framing) override {
    post([status, headers, framing](Connection& connection) { connection.sendHead(status, headers, framing); });
  }
  void sendBody(const QByteArray& bytes) override {
    post([bytes](Connection& connection) { connection.sendBody(bytes); });
  }
  void finish() override {
    post([](Connection& connection) { connection.finish(); });
  }
  void openTunnel(const HttpHeaders& headers) override {
    post([headers](Connection& connection) { connection.openTunnel(headers); });
  }
  void acceptWebSocket(const QByteArray& subprotocol, qint64 maxMessage) override {
    post([subprotocol, maxMessage](Connection& connection) { connection.acceptWebSocket(subprotocol, maxMessage); });
  }
  void wantMessage() override {
    post([](Connection& connection) { connection.wantMessage(); });
  }
  void sendMessage(const QByteArray& bytes, bool isText) override {
    post([bytes, isText](Connection& connection) { connection.sendMessage(bytes, isText); });
  }
  void closeWebSocket(int code, const QByteArray& reason) override {
    post([code, reason](Connection& connection) { connection.closeWebSocket(code, reason); });
  }
  void abort() override {
    post([](Connection& connection) { connection.abort(); });
  }

 private:
  template <class Call>
  void post(Call call) {
    boost::asio::post(context_, [connection = connection_, exchange = exchange_, call = std::move(call)] {
      const auto alive = connection.lock();
      if (alive && alive->currentExchange() == exchange) call(*alive);
    });
  }

  boost::asio::io_context& context_;
  std::weak_ptr<Connection> connection_;
  quint64 exchange_;
};

}  // namespace

void Bridge::begin(quint64 exchange, HttpRequest request, boost::asio::io_context& context, std::weak_ptr<Connection> connection) {
  auto transport = std::make_shared<PostingTransport>(context, std::move(connection), exchange);
  QMetaObject::invokeMethod(
      this,
      [this, exchange, request = std::move(request), transport = std::move(transport)]() mutable {
        auto* made = new Exchange(std::move(request), std::move(transport), this);
        exchanges_.insert(exchange, made);
        connect(made, &QObject::destroyed, this, [this, exchange] { exchanges_.remove(exchange); });
        handler_(*made);
      },
      Qt::QueuedConnection);
}

void Bridge::bodyReceived(quint64 exchange, QByteArray bytes, bool last) {
  deliver(exchange, [bytes = std::move(bytes), last](Exchange& to) { emit to.bodyReceived(bytes, last); });
}

void Bridge::sent(quint64 exchange, qint64 bytes) {
  deliver(exchange, [bytes](Exchange& to) { to.noteSent(bytes); });
}

void Bridge::messageReceived(quint64 exchange, QByteArray bytes, bool isText) {
  deliver(exchange, [bytes = std::move(bytes), isText](Exchange& to) { emit to.messageReceived(bytes, isText); });
}

void Bridge::gone(quint64 exchange) {
  deliver(exchange, [](Exchange& to) { to.noteGone(); });
}

void Bridge::endAll() {
  for (const auto& exchange : exchanges_.values()) {
    if (exchange) exchange->noteGone();
  }
}

void Bridge::deliver(quint64 exchange, std::function<void(Exchange&)> call) {
  QMetaObject::invokeMethod(
      this,
      [this, exchange, call = std::move(call)] {
        const auto found = exchanges_.value(exchange);
        if (found) call(*found);
      },
      Qt::QueuedConnection);
}

}  // namespace terrarium
