// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

/// Publishing ports, tokens for private ones, and what they open.
class PreviewPortsControllerTest : public QObject {
  Q_OBJECT
 private slots:
  void init() { server_ = std::make_unique<TestServer>(); }
  void cleanup() { server_.reset(); }

  void portsArePublishedListedAndUnpublished() {
    const auto path = "/sandboxes/" + server_->sandbox().id + "/preview-ports";
    QCOMPARE(server_->control("GET " + path).body, QByteArray(R"({"ports":[],"preview_access":"public"})"));
    const auto made = server_->control("POST " + path, R"({"port":8000})");
    QCOMPARE(made.status, 200);
    QCOMPARE(made.body, QByteArray(R"({"access":"public","port":8000,"token_version":1})"));
    QCOMPARE(server_->control("POST " + path, R"({"port":8000,"access":"private"})").body,
             QByteArray(R"({"access":"private","port":8000,"token_version":1})"));
    QCOMPARE(server_->control("GET " + path).body,
             QByteArray(R"({"ports":[{"access":"private","port":8000,"token_version":1}],"preview_access":"public"})"));
    QCOMPARE(server_->control("DELETE " + path + "/8000").status, 204);
    QCOMPARE(server_->control("DELETE " + path + "/8000").status, 204);
    QCOMPARE(server_->control("GET " + path).body, QByteArray(R"({"ports":[],"preview_access":"public"})"));
  }

  void badRequestsNameTheField_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    QTest::newRow("no port") << QByteArray() << QByteArray("{}") << "port";
    QTest::newRow("low port") << QByteArray() << QByteArray(R"({"port":80})") << "port";
    QTest::newRow("agent's port") << QByteArray() << QByteArray(R"({"port":49983})") << "port";
    QTest::newRow("port as text") << QByteArray() << QByteArray(R"({"port":"8000"})") << "port";
    QTest::newRow("access") << QByteArray() << QByteArray(R"({"port":8000,"access":"secret"})") << "access";
    QTest::newRow("unknown field") << QByteArray() << QByteArray(R"({"port":8000,"x":1})") << "x";
    QTest::newRow("life too long") << QByteArray("/9000/token") << QByteArray(R"({"expires_in_seconds":604801})")
                                   << "expires_in_seconds";
    QTest::newRow("no life") << QByteArray("/9000/token") << QByteArray(R"({"expires_in_seconds":0})") << "expires_in_seconds";
    QTest::newRow("port in the path") << QByteArray("/90/token") << QByteArray() << "port";
    QTest::newRow("word in the path") << QByteArray("/web/token/rotate") << QByteArray() << "port";
  }
  void badRequestsNameTheField() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    const auto ports = "/sandboxes/" + server_->sandbox().id + "/preview-ports";
    QCOMPARE(server_->control("POST " + ports, R"({"port":9000,"access":"private"})").status, 200);
    const auto reply = server_->control("POST " + ports + path, body);
    QCOMPARE(reply.status, 400);
    QVERIFY2(reply.errorMessage().contains(field), reply.body);
  }

  void tokensAreForPrivatePortsThatArePublished() {
    const auto ports = "/sandboxes/" + server_->sandbox().id + "/preview-ports";
    QCOMPARE(server_->control("POST " + ports + "/8000/token").status, 404);
    QCOMPARE(server_->control("POST " + ports, R"({"port":8000})").status, 200);
    QCOMPARE(server_->control("POST " + ports + "/8000/token").status, 409);
    QCOMPARE(server_->control("POST " + ports + "/8000/token/rotate").status, 409);
    QCOMPARE(server_->control("POST /sandboxes/0b9cf5a6-6b8d-4a3f-9a55-0f7c1f6d2e11/preview-ports/8000/token").status, 404);
  }

  void aPrivatePortOpensWithItsToken() {
    const auto id = server_->sandbox().id;
    const auto token = privateToken(id);
    const auto host = "8000-" + id + ".localhost";
    QCOMPARE(preview(get(host, "/")).status, 401);
    QCOMPARE(preview(get(host, "/", "X-Superserve-Preview-Token: " + QByteArray(80, '0') + "\r\n")).status, 401);
    QVERIFY(server_->programs().connections.isEmpty());
    QVERIFY(isLetIn(get(host, "/", "X-Superserve-Preview-Token: " + token + "\r\n")));
    QVERIFY(isLetIn(get(host, "/", "Cookie: superserve_preview_token=" + token + "\r\n")));
    QVERIFY(isLetIn("POST /?superserve_preview_token=" + token + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n"));
    // Other ports, other sandboxes.
    QVERIFY(isLetIn(get("8001-" + id + ".localhost", "/")));
    const auto other = server_->sandbox(R"({"name":"two"})").id;
    static_cast<void>(privateToken(other));
    QCOMPARE(preview(get("8000-" + other + ".localhost", "/", "X-Superserve-Preview-Token: " + token + "\r\n")).status, 401);
  }

  void aTokenInTheAddressBecomesACookie() {
    const auto id = server_->sandbox().id;
    const auto token = privateToken(id);
    const auto host = "8000-" + id + ".localhost:" + QByteArray::number(server_->port());
    const auto reply = preview(get(host, "//evil.example/?a=1&superserve_preview_token=" + token + "&b=2"));
    QCOMPARE(reply.status, 302);
    QCOMPARE(reply.headers.value("location"), "http://" + host + "//evil.example/?a=1&b=2");
    QCOMPARE(reply.headers.value("set-cookie"), "superserve_preview_token=" + token + "; Path=/; HttpOnly; SameSite=Lax");
    QVERIFY(server_->programs().connections.isEmpty());
    // A WebSocket cannot follow.
    QVERIFY(isLetIn(get(host, "/?superserve_preview_token=" + token,
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        "dGhlIHNhbXBsZSBub25jZQ==\r\n")));
  }

  void rotatingVoidsTokens() {
    const auto id = server_->sandbox().id;
    const auto old = privateToken(id);
    const auto rotated = server_->control("POST /sandboxes/" + id + "/preview-ports/8000/token/rotate");
    QCOMPARE(rotated.status, 200);
    QCOMPARE(rotated.headers.value("cache-control"), QByteArray("no-store"));
    QCOMPARE(rotated.json()[QLatin1String("token_version")].toInt(), 2);
    const auto host = "8000-" + id + ".localhost";
    QCOMPARE(preview(get(host, "/", "X-Superserve-Preview-Token: " + old + "\r\n")).status, 401);
    const auto fresh = rotated.json()[QLatin1String("token")].toString().toLatin1();
    QVERIFY(isLetIn(get(host, "/", "X-Superserve-Preview-Token: " + fresh + "\r\n")));
  }

  void aPrivateSandboxShowsPublishedPortsOnly() {
    const auto id = server_->sandbox(R"({"name":"one","preview_access":"private"})").id;
    QCOMPARE(server_->control("GET /sandboxes/" + id).json()[QLatin1String("preview_access")].toString(),
             QStringLiteral("private"));
    QCOMPARE(preview(get("8000-" + id + ".localhost", "/")).status, 404);
    QCOMPARE(
        server_->control("POST /sandboxes/" + id + "/preview-ports", R"({"port":8000})").json()[QLatin1String("access")].toString(),
        QStringLiteral("private"));
    QCOMPARE(preview(get("8000-" + id + ".localhost", "/")).status, 401);
    QCOMPARE(server_->control("PATCH /sandboxes/" + id, R"({"preview_access":"public"})").status, 204);
    QVERIFY(isLetIn(get("8001-" + id + ".localhost", "/")));
    QCOMPARE(server_->control("PATCH /sandboxes/" + id, R"({"preview_access":null})").status, 400);
    QCOMPARE(server_->control("PATCH /sandboxes/" + id, R"({"preview_access":"nobody"})").status, 400);
  }

 private:
  /// What is answered below a preview's host is not part of the written contract, so it is not recorded.
  [[nodiscard]] RawReply preview(const QByteArray& bytes) const {
    RawConnection client(server_->port());
    client.send(bytes);
    return client.reply();
  }
  [[nodiscard]] static QByteArray get(const QByteArray& host, const QByteArray& target, const QByteArray& headers = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n";
  }
  [[nodiscard]] QByteArray privateToken(const QByteArray& id) const {
    const auto ports = "/sandboxes/" + id + "/preview-ports";
    if (server_->control("POST " + ports, R"({"port":8000,"access":"private"})").status != 200) return {};
    const auto reply = server_->control("POST " + ports + "/8000/token", R"({"expires_in_seconds":60})");
    return reply.json()[QLatin1String("token")].toString().toLatin1();
  }
  /// The request reaches a program, without its token.
  [[nodiscard]] bool isLetIn(const QByteArray& request) {
    const auto before = server_->programs().connections.size();
    RawConnection client(server_->port());
    client.send(request);
    if (!QTest::qWaitFor([&] { return server_->programs().connections.size() > before; })) return false;
    return !server_->programs().connections.last()->written.contains("token");
  }

  std::unique_ptr<TestServer> server_;
};

QTEST_GUILESS_MAIN(PreviewPortsControllerTest)
#include "previewportscontrollertest.moc"
