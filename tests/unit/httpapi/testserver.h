// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "backend/demo/demofacade.h"
#include "backend/httpapi/httpserver.h"
#include "tests/support/fakeguestagents.h"
#include "tests/unit/httpapi/rawconnection.h"

namespace terrarium {

inline const QByteArray kTestKey = "ss_live_test";

/// Programs in sandboxes that do what the test says.
class FakePrograms final : public Ports {
 public:
  explicit FakePrograms(Ports& ports) : ports_(ports) {}
  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(const SandboxId&, int port) override {
    auto connection = std::make_unique<FakePortConnection>();
    connections.append(connection.get());
    lastPort = port;
    return connection;
  }
  [[nodiscard]] Result<QUrl> previewUrl(const SandboxId& id, int port) const override { return ports_.previewUrl(id, port); }
  Pending<QUrl> previewLink(const SandboxId& id, int port) override { return ports_.previewLink(id, port); }
  Pending<PreviewSettings> previews(const SandboxId& id) override { return ports_.previews(id); }
  Pending<PublishedPort> publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) override {
    return ports_.publish(id, port, access);
  }
  Pending<void> unpublish(const SandboxId& id, PreviewPort port) override { return ports_.unpublish(id, port); }
  Pending<PublishedPort> rotateToken(const SandboxId& id, PreviewPort port) override { return ports_.rotateToken(id, port); }

  QList<QPointer<FakePortConnection>> connections;
  int lastPort = 0;

 private:
  Ports& ports_;
};

/// Hands everything on to the demonstration and counts the commands that live and what they have delivered.
class CountingFacade final : public Facade, public Exec {
 public:
  explicit CountingFacade(Facade& facade) : programs(facade.ports()), facade_(facade) {}
  [[nodiscard]] Sandboxes& sandboxes() override { return facade_.sandboxes(); }
  [[nodiscard]] Snapshots& snapshots() override { return facade_.snapshots(); }
  [[nodiscard]] Exec& exec() override { return *this; }
  [[nodiscard]] Files& files() override { return facade_.files(); }
  [[nodiscard]] Ports& ports() override { return programs; }
  [[nodiscard]] Templates& templates() override { return facade_.templates(); }
  [[nodiscard]] Host& host() override { return facade_.host(); }
  [[nodiscard]] Events& events() override { return facade_.events(); }
  [[nodiscard]] Activity& activity() override { return facade_.activity(); }

  [[nodiscard]] std::unique_ptr<ExecSession> run(const SandboxId& id, const ExecRequest& request) override {
    return counted(facade_.exec().run(id, request));
  }
  [[nodiscard]] std::unique_ptr<ExecSession> openTerminal(const SandboxId& id, const TerminalRequest& request) override {
    return counted(facade_.exec().openTerminal(id, request));
  }

  FakePrograms programs;
  int live = 0;
  qint64 delivered = 0;

 private:
  std::unique_ptr<ExecSession> counted(std::unique_ptr<ExecSession> session) {
    ++live;
    QObject::connect(session.get(), &QObject::destroyed, session.get(), [this] { --live; });
    QObject::connect(session.get(), &ExecSession::outputReceived, session.get(),
                     [this](OutputChannel, const QByteArray& bytes) { delivered += bytes.size(); });
    return session;
  }
  Facade& facade_;
};

/// The server on a free port, the demonstration behind it.
class TestServer {
 public:
  struct Sandbox {
    QByteArray id;
    QByteArray token;
  };

  explicit TestServer(HttpConfig config = {}, std::chrono::milliseconds stage = std::chrono::milliseconds(2))
      : demo_(DemoOptions{stage, std::chrono::milliseconds(20), false, nullptr}) {
    config.apiKey = QString::fromLatin1(kTestKey);
    config.tokenSeed = "seed";
    config.version = QStringLiteral("1.2.3");
    server_ = std::make_unique<HttpServer>(facade_, config);
    const auto port = server_->start();
    if (!port) qFatal("the server does not listen: %s", port.error().message.c_str());
    port_ = *port;
  }

  [[nodiscard]] quint16 port() const { return port_; }
  [[nodiscard]] const CountingFacade& facade() const { return facade_; }
  [[nodiscard]] HttpServer& server() { return *server_; }
  [[nodiscard]] FakePrograms& programs() { return facade_.programs; }

  /// A whole request; `headers` are complete lines.
  [[nodiscard]] static QByteArray request(const QByteArray& line, const QByteArray& headers, const QByteArray& body = {}) {
    const auto length = body.isEmpty() ? QByteArray() : "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + length + "\r\n" + body;
  }
  [[nodiscard]] static QByteArray key() { return "X-API-Key: " + kTestKey + "\r\n"; }
  [[nodiscard]] static QByteArray access(const Sandbox& sandbox) {
    return "X-Superserve-Sandbox-Id: " + sandbox.id + "\r\nX-Access-Token: " + sandbox.token + "\r\n";
  }

  [[nodiscard]] RawReply send(const QByteArray& bytes, bool withBody = true) const {
    RawConnection connection(port_);
    connection.send(bytes);
    auto reply = connection.reply(withBody);
    recordExchange(bytes, reply);
    return reply;
  }
  [[nodiscard]] RawReply control(const QByteArray& line, const QByteArray& body = {}, const QByteArray& headers = {}) const {
    return send(request(line, key() + headers, body));
  }
  [[nodiscard]] RawReply data(const Sandbox& sandbox, const QByteArray& line, const QByteArray& body = {},
                              const QByteArray& headers = {}) const {
    return send(request(line, access(sandbox) + headers, body));
  }
  [[nodiscard]] Sandbox sandbox(const QByteArray& body = R"({"name":"one"})") const {
    const auto made = control("POST /sandboxes", body);
    if (made.status != 201) qFatal("no sandbox: %s", made.body.constData());
    return {made.json()[QLatin1String("id")].toString().toLatin1(),
            made.json()[QLatin1String("access_token")].toString().toLatin1()};
  }

 private:
  DemoFacade demo_;
  CountingFacade facade_{demo_};
  std::unique_ptr<HttpServer> server_;
  quint16 port_ = 0;
};

}  // namespace terrarium
