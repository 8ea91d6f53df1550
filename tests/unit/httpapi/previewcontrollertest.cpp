// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewhost.h"
#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

/// Who is let in to previews, and what they see instead.
class PreviewControllerTest : public QObject {
  Q_OBJECT
 private slots:
  void hostsOfPreviews_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    const QByteArray id = "0b9cf5a6-6b8d-4a3f-9a55-0f7c1f6d2e11";
    QTest::newRow("with port") << "8000-" + id + ".localhost:7001" << 8000;
    QTest::newRow("without port") << "65535-" + id + ".localhost" << 65535;
    QTest::newRow("upper case") << "8000-" + id.toUpper() + ".LOCALHOST" << 8000;
    QTest::newRow("public id") << "8000-sb-use-" + id + ".localhost" << 8000;
    QTest::newRow("low port") << "80-" + id + ".localhost" << 80;
    QTest::newRow("port too high") << "65536-" + id + ".localhost" << -1;
    QTest::newRow("long port") << "000080-" + id + ".localhost" << -1;
    QTest::newRow("no port") << "-" + id + ".localhost" << -1;
    QTest::newRow("signed port") << "+800-" + id + ".localhost" << -1;
    QTest::newRow("label in front") << "x.8000-" + id + ".localhost" << -1;
    QTest::newRow("another domain") << "8000-" + id + ".example.com" << -1;
    QTest::newRow("looks local") << "8000-" + id + ".localhost.example.com" << -1;
    QTest::newRow("no id") << QByteArray("8000-one.localhost") << -1;
    QTest::newRow("plain") << QByteArray("localhost:7001") << -1;
    QTest::newRow("data plane") << "boxd-" + id + ".localhost" << -1;
  }
  void hostsOfPreviews() {
    QFETCH(QByteArray, host);
    const auto parsed = parsePreviewHost(host);
    QTEST(parsed ? parsed->port : -1, "port");
    if (parsed) QCOMPARE(QByteArray::fromStdString(parsed->sandbox.value()), QByteArray("0b9cf5a6-6b8d-4a3f-9a55-0f7c1f6d2e11"));
  }

  void portsThatAreNotAllowed_data() {
    QTest::addColumn<int>("port");
    for (const int port : {0, 22, 80, 1023, 49983}) QTest::addRow("%d", port) << port;
  }
  void portsThatAreNotAllowed() {
    QFETCH(int, port);
    TestServer server;
    const auto reply = server.send(get(QByteArray::number(port) + "-" + server.sandbox().id + ".localhost"));
    QCOMPARE(reply.status, 403);
    QCOMPARE(reply.errorCode(), QStringLiteral("forbidden"));
    QVERIFY(server.programs().connections.isEmpty());
  }

  void aSandboxThatIsNotThere() {
    TestServer server;
    QCOMPARE(server.send(get("8000-0b9cf5a6-6b8d-4a3f-9a55-0f7c1f6d2e11.localhost")).status, 404);
  }

  void aPausedSandboxIsSaidToBePausedAndStaysSo() {
    TestServer server;
    const auto id = server.sandbox(R"({"name":"<b>bold</b>"})").id;
    QCOMPARE(server.control("POST /sandboxes/" + id + "/pause").status, 204);
    const auto plain = server.send(get("8000-" + id + ".localhost"));
    QCOMPARE(plain.status, 503);
    QCOMPARE(plain.errorCode(), QStringLiteral("sandbox_unavailable"));
    QCOMPARE(plain.headers.value("retry-after"), QByteArray("5"));
    const auto page = server.send(get("8000-" + id + ".localhost", "Accept: text/html,*/*\r\n"));
    QCOMPARE(page.status, 503);
    QVERIFY(page.headers.value("content-type").startsWith("text/html"));
    QVERIFY(page.headers.value("content-security-policy").startsWith("default-src 'none'"));
    QVERIFY(page.body.contains("&lt;b&gt;bold&lt;/b&gt;"));
    QVERIFY(!page.body.contains("<b>bold"));
    QVERIFY(page.body.contains("is paused"));
    QCOMPARE(server.control("GET /sandboxes/" + id).json()[QLatin1String("status")].toString(), QStringLiteral("paused"));
    QVERIFY(server.programs().connections.isEmpty());
  }

  void nothingListens() {
    TestServer server;
    const auto id = server.sandbox().id;
    RawConnection client(server.port());
    client.send(get("8000-" + id + ".localhost", "Accept: text/html\r\n"));
    QTRY_COMPARE(server.programs().connections.size(), 1);
    emit server.programs().connections.last()->failed({ErrorCode::NotFound, "Nothing listens on port 8000 in the sandbox."});
    const auto page = client.reply();
    QCOMPARE(page.status, 502);
    QCOMPARE(page.headers.value("retry-after"), QByteArray("2"));
    QVERIFY(page.body.contains("Nothing listens on port 8000"));
    QVERIFY(page.body.contains("http-equiv=\"refresh\" content=\"2\""));
  }

  void anAgentThatIsTooOldIsSaidToBe() {
    TestServer server;
    RawConnection client(server.port());
    client.send(get("8000-" + server.sandbox().id + ".localhost"));
    QTRY_COMPARE(server.programs().connections.size(), 1);
    emit server.programs().connections.last()->failed({ErrorCode::Conflict, "Rebuild the template."});
    const auto reply = client.reply();
    QCOMPARE(reply.status, 502);
    QCOMPARE(reply.errorMessage(), QStringLiteral("Rebuild the template."));
    QVERIFY(!reply.headers.contains("retry-after"));
  }

  void theApiIsNotFoundOnAPreviewHost() {
    TestServer server;
    const auto host = "8000-" + server.sandbox().id + ".localhost";
    for (const QByteArray path : {"/sandboxes", "/health", "/local/host"}) {
      RawConnection client(server.port());
      const auto before = server.programs().connections.size();
      client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + TestServer::key() + "\r\n");
      QTRY_COMPARE(server.programs().connections.size(), before + 1);
      QVERIFY(server.programs().connections.last()->written.startsWith("GET " + path + " "));
      QVERIFY(!server.programs().connections.last()->written.contains(kTestKey));
    }
  }

  void aPreviewsPageMayNotTalkToTheApi() {
    TestServer server;
    const auto sandbox = server.sandbox();
    const auto origin = "Origin: http://8000-" + sandbox.id + ".localhost:" + QByteArray::number(server.port()) + "\r\n";
    QCOMPARE(server.control("GET /sandboxes", {}, origin).status, 403);
    QCOMPARE(server.data(sandbox, "GET /files?path=/etc/hostname", {}, origin).status, 403);
    QCOMPARE(server.send(TestServer::request("GET /health", origin)).status, 403);
    QCOMPARE(server.control("GET /sandboxes", {}, "Origin: http://localhost:3000\r\n").status, 200);
  }

  void tooManyConnectionsAreRefused() {
    TestServer server;
    const auto host = "8000-" + server.sandbox().id + ".localhost";
    std::vector<std::unique_ptr<RawConnection>> clients;
    for (int i = 0; i < 100; ++i) {
      clients.push_back(std::make_unique<RawConnection>(server.port()));
      clients.back()->send(get(host));
    }
    QTRY_COMPARE(server.programs().connections.size(), 100);
    const auto refused = server.send(get(host));
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.errorCode(), QStringLiteral("rate_limited"));
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("1"));
    clients.front()->abort();
    QTRY_VERIFY(server.programs().connections.first().isNull());
    RawConnection client(server.port());
    client.send(get(host));
    QTRY_COMPARE(server.programs().connections.size(), 101);
  }

 private:
  [[nodiscard]] static QByteArray get(const QByteArray& host, const QByteArray& headers = {}) {
    return "GET / HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n";
  }
};

QTEST_GUILESS_MAIN(PreviewControllerTest)
#include "previewcontrollertest.moc"
