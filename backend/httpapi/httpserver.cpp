// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/httpserver.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <vector>

#include "backend/httpapi/bridge.h"
#include "backend/httpapi/connection.h"
#include "backend/httpapi/router.h"

namespace terrarium {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
constexpr auto kAcceptPause = std::chrono::milliseconds(100);
}

struct HttpServer::Parts {
  Parts(Facade& facade, const HttpConfig& settings)
      : config(settings), router(facade, settings), bridge([this](Exchange& exchange) { router.handle(exchange); }) {}

  void accept(tcp::acceptor& acceptor) {
    acceptor.async_accept(context, [this, &acceptor](const boost::system::error_code& error, tcp::socket socket) {
      if (!acceptor.is_open()) return;
      if (error) {  // out of descriptors, most likely: try again a little later
        pause.expires_after(kAcceptPause);
        pause.async_wait([this, &acceptor](const boost::system::error_code&) { accept(acceptor); });
        return;
      }
      if (open < config.maxConnections) {
        boost::system::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const auto connection = std::make_shared<Connection>(std::move(socket), context, bridge, open, config);
        connections.erase(std::remove_if(connections.begin(), connections.end(), [](const auto& known) { return known.expired(); }),
                          connections.end());
        connections.push_back(connection);
        connection->start();
      }
      accept(acceptor);
    });
  }

  Result<quint16> listen(const tcp::endpoint& endpoint) {
    boost::system::error_code error;
    auto acceptor = std::make_unique<tcp::acceptor>(context);
    acceptor->open(endpoint.protocol(), error);
    if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor->bind(endpoint, error);
    if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return failure(ErrorCode::Unavailable,
                     "Port " + std::to_string(endpoint.port()) + " cannot be listened on: " + error.message() + ".");
    }
    const auto port = acceptor->local_endpoint().port();
    accept(*acceptor);
    acceptors.push_back(std::move(acceptor));
    return port;
  }

  Result<quint16> listenAt(const QString& text, quint16 port) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(text.toStdString(), error);
    auto listening =
        error ? Result<quint16>(failure(ErrorCode::BadRequest, error.message())) : listen(tcp::endpoint(address, port));
    if (listening) return listening;
    return failure(ErrorCode::Unavailable, "The address " + text.toStdString() + " cannot be listened on: " +
                                               listening.error().message + " Give --listen an address of this computer.");
  }

  /// Work that throws is dropped; it must not end the engine.
  void run() {
    while (true) {
      try {
        context.run();
        return;
      } catch (const std::exception& error) {
        qWarning("The HTTP server dropped a piece of work: %s", error.what());
      }
    }
  }

  HttpConfig config;
  // Connections count themselves and the exchanges of the bridge post to the context, so both go last.
  std::atomic<int> open{0};
  asio::io_context context{1};
  Router router;
  Bridge bridge;
  asio::steady_timer pause{context};
  std::vector<std::unique_ptr<tcp::acceptor>> acceptors;
  std::vector<std::weak_ptr<Connection>> connections;
  std::thread thread;
};

HttpServer::HttpServer(Facade& facade, HttpConfig config) : parts_(std::make_unique<Parts>(facade, config)) {}

HttpServer::~HttpServer() { stop(); }

Result<quint16> HttpServer::start() {
  auto port = parts_->listen(tcp::endpoint(asio::ip::address_v4::loopback(), parts_->config.port));
  if (!port) return port;
  // Browsers resolve *.localhost to either family; without IPv6 the other one has to do.
  [[maybe_unused]] const auto second = parts_->listen(tcp::endpoint(asio::ip::address_v6::loopback(), *port));
  for (const auto& address : parts_->config.addresses) {
    if (auto listening = parts_->listenAt(address, *port); !listening) return listening;
  }
  parts_->thread = std::thread([parts = parts_.get()] { parts->run(); });
  return port;
}

void HttpServer::stop() {
  if (!parts_->thread.joinable()) return;
  asio::post(parts_->context, [parts = parts_.get()] {
    for (const auto& acceptor : parts->acceptors) acceptor->close();
    for (const auto& known : parts->connections) {
      if (const auto connection = known.lock()) connection->abort();
    }
    parts->context.stop();
  });
  parts_->thread.join();
  parts_->bridge.endAll();
}

}  // namespace terrarium
