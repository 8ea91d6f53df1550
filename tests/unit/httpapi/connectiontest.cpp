// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

/// What the server makes of bytes on a connection: framing, several requests, refusals.
class ConnectionTest : public QObject {
  Q_OBJECT
 private slots:
  void aHeadThatCanBeReadInTwoWaysIsRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray post = "POST /sandboxes HTTP/1.1\r\nHost: localhost\r\n" + TestServer::key();
    const QByteArray get = "GET /sandboxes HTTP/1.1\r\n" + TestServer::key();
    QTest::newRow("length and chunked") << post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("chunked and length") << post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n";
    QTest::newRow("two lengths") << post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd";
    QTest::newRow("list of lengths") << post + "Content-Length: 3, 4\r\n\r\nabcd";
    QTest::newRow("negative length") << post + "Content-Length: -1\r\n\r\n";
    QTest::newRow("signed length") << post + "Content-Length: +3\r\n\r\nabc";
    QTest::newRow("length too large") << post + "Content-Length: 99999999999999999999\r\n\r\n";
    QTest::newRow("two codings") << post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("unknown coding") << post + "Transfer-Encoding: identity\r\n\r\n";
    QTest::newRow("coding twice") << post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    QTest::newRow("two hosts") << get + "Host: localhost\r\nHost: 127.0.0.1\r\n\r\n";
    QTest::newRow("no host") << get + "\r\n";
    QTest::newRow("space before colon") << get + "Host: localhost\r\nX-A : b\r\n\r\n";
    QTest::newRow("NUL in a value") << get + QByteArray("Host: localhost\r\nX-A: a\0b\r\n\r\n", 30);
    QTest::newRow("control character in a value") << get + "Host: localhost\r\nX-A: a\x01z\r\n\r\n";
    QTest::newRow("line feeds only") << QByteArray("GET /health HTTP/1.1\nHost: localhost\n\n");
    QTest::newRow("absolute target") << QByteArray("GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("authority target") << QByteArray("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("asterisk target") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("broken escape") << QByteArray("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("fragment") << QByteArray("GET /health#x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15);
    QTest::newRow("another version") << QByteArray("GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n");
  }
  void aHeadThatCanBeReadInTwoWaysIsRefused() {
    QFETCH(QByteArray, bytes);
    const TestServer server;
    RawConnection connection(server.port());
    // Behind it waits what would be smuggled; it must not be answered.
    connection.send(bytes + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto reply = connection.reply();
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.errorCode(), QStringLiteral("bad_request"));
    QCOMPARE(reply.headers.value("connection"), QByteArray("close"));
    QVERIFY(connection.isClosed());
    QCOMPARE(connection.rest(), QByteArray());
  }

  void aFoldedLineIsOneValue() {
    const TestServer server;
    const auto reply = server.send("GET /sandboxes HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n " + TestServer::key() + "\r\n");
    QVERIFY(reply.status == 401 || reply.status == 400);
  }

  void aBadChunkEndsTheConnection_data() {
    QTest::addColumn<QByteArray>("chunk");
    QTest::newRow("no number") << QByteArray("xyz\r\nabc\r\n0\r\n\r\n");
    QTest::newRow("negative") << QByteArray("-1\r\nabc\r\n0\r\n\r\n");
    QTest::newRow("too large") << QByteArray("fffffffffffffffff\r\nabc\r\n0\r\n\r\n");
    QTest::newRow("longer than it says") << QByteArray("2\r\nabc\r\n0\r\n\r\n");
    QTest::newRow("no end of line") << QByteArray("3\r\nabc0\r\n\r\n");
  }
  void aBadChunkEndsTheConnection() {
    QFETCH(QByteArray, chunk);
    TestServer server;
    RawConnection connection(server.port());
    connection.send("POST /sandboxes HTTP/1.1\r\nHost: localhost\r\n" + TestServer::key() + "Transfer-Encoding: chunked\r\n\r\n" +
                    chunk);
    const auto reply = connection.reply();
    QCOMPARE(reply.status, 400);
    QVERIFY(connection.isClosed());
    QCOMPARE(server.control("GET /sandboxes").body, QByteArray("[]"));
  }

  void anEndlessChunkExtensionIsNotCollected() {
    const TestServer server;
    RawConnection connection(server.port());
    connection.send("POST /sandboxes HTTP/1.1\r\nHost: localhost\r\n" + TestServer::key() + "Transfer-Encoding: chunked\r\n\r\n1;" +
                    QByteArray(1 << 20, 'x'));
    QVERIFY(connection.isClosed());
    QCOMPARE(server.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
  }

  void aChunkedBodyIsPutTogether() {
    const TestServer server;
    RawConnection connection(server.port());
    connection.send("POST /sandboxes HTTP/1.1\r\nHost: localhost\r\n" + TestServer::key() + "Transfer-Encoding: Chunked\r\n\r\n");
    const QByteArray body = "9\r\n{\"name\":\"\r\n1;ext=1\r\na\r\n2\r\n\"}\r\n0\r\nX-Trailer: 1\r\n\r\n";
    for (const char byte : body) connection.send(QByteArray(1, byte));
    const auto reply = connection.reply();
    QCOMPARE(reply.status, 201);
    QCOMPARE(reply.json()[QLatin1String("name")].toString(), QStringLiteral("a"));
  }

  void aBodyMayHaveALimit_data() {
    QTest::addColumn<bool>("chunked");
    QTest::newRow("announced") << false;
    QTest::newRow("chunked") << true;
  }
  void aBodyMayHaveALimit() {
    QFETCH(bool, chunked);
    HttpConfig config;
    config.maxJsonBytes = 100'000;
    const TestServer server(config);
    const QByteArray body(300'000, 'x');
    const auto framing = chunked ? QByteArray("Transfer-Encoding: chunked\r\n\r\n493e0\r\n" + body + "\r\n0\r\n\r\n")
                                 : QByteArray("Content-Length: 300000\r\n\r\n" + body);
    RawConnection connection(server.port());
    connection.send("POST /sandboxes HTTP/1.1\r\nHost: localhost\r\n" + TestServer::key() + framing);
    const auto reply = connection.reply();
    QCOMPARE(reply.status, 413);
    QVERIFY(reply.errorMessage().contains(QLatin1String("100000")));
    QVERIFY(connection.isClosed());
  }

  void aHeadMayHaveALimit() {
    const TestServer server;
    const auto reply = server.send(TestServer::request("GET /health", "X-A: " + QByteArray(20'000, 'a') + "\r\n"));
    QCOMPARE(reply.status, 431);
    QCOMPARE(server.send(TestServer::request("GET /health", "X-A: " + QByteArray(8'000, 'a') + "\r\n")).status, 200);
  }

  void requestsFollowOneAnother() {
    const TestServer server;
    RawConnection connection(server.port());
    const auto health = TestServer::request("GET /health", {});
    connection.send(health + TestServer::request("GET /sandboxes", TestServer::key()) + health.left(10));
    QCOMPARE(connection.reply().status, 200);
    QCOMPARE(connection.reply().body, QByteArray("[]"));
    connection.send(health.mid(10));
    QCOMPARE(connection.reply().status, 200);
    QCOMPARE(connection.rest(), QByteArray());
  }

  void anErrorLeavesTheConnectionOpen() {
    const TestServer server;
    RawConnection connection(server.port());
    for (const QByteArray line : {"GET /no", "PUT /sandboxes", "GET /sandboxes/x", "GET /sandboxes"}) {
      connection.send(TestServer::request(line, line == "GET /sandboxes" ? QByteArray() : TestServer::key()));
      QVERIFY(connection.reply().status >= 400);
    }
    connection.send(TestServer::request("POST /sandboxes", TestServer::key(), "{\"name\":5}"));
    QCOMPARE(connection.reply().status, 400);
    connection.send(TestServer::request("POST /sandboxes", TestServer::key(), "{\"name\":\"a\"}"));
    QCOMPARE(connection.reply().status, 201);
  }

  void aBodyThatWasNotReadIsNotTheNextRequest() {
    const TestServer server;
    RawConnection connection(server.port());
    connection.send(TestServer::request("POST /sandboxes", {}, TestServer::request("GET /health", {})));
    QCOMPARE(connection.reply().status, 401);
    QVERIFY(connection.isClosed());
    QCOMPARE(connection.rest(), QByteArray());
  }

  void oldClientsAreServed() {
    const TestServer server;
    RawConnection connection(server.port());
    connection.send("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QCOMPARE(connection.reply().status, 200);
    QVERIFY(connection.isClosed());
  }

  void aBodyIsAskedForWhenItIsWanted() {
    const TestServer server;
    RawConnection connection(server.port());
    const QByteArray body = "{\"name\":\"a\"}";
    const auto head = "POST /sandboxes HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 12\r\n";
    connection.send(head + TestServer::key() + "\r\n");
    QCOMPARE(connection.reply().status, 100);
    connection.send(body);
    QCOMPARE(connection.reply().status, 201);
    // Refused before: no body is wanted.
    connection.send(head + QByteArray("\r\n"));
    QCOMPARE(connection.reply().status, 401);
    QVERIFY(connection.isClosed());
  }

  void aHeadThatDoesNotEndIsNotWaitedFor() {
    HttpConfig config;
    config.headLimit = std::chrono::milliseconds(100);
    const TestServer server(config);
    RawConnection silent(server.port());
    QVERIFY(silent.isClosed());
    RawConnection slow(server.port());
    slow.send(TestServer::request("GET /health", {}));
    QCOMPARE(slow.reply().status, 200);
    slow.send("GET /heal");
    QVERIFY(slow.isClosed());
  }

  void aBodyThatDoesNotEndIsNotWaitedFor() {
    HttpConfig config;
    config.bodyLimit = std::chrono::milliseconds(100);
    const TestServer server(config);
    RawConnection slow(server.port());
    slow.send("POST /sandboxes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n" + TestServer::key() + "\r\n{");
    QCOMPARE(slow.reply().status, 408);
    QVERIFY(slow.isClosed());
  }

  /// It is sent to the end before the answer is read, as some clients do.
  void aRefusedUploadGetsItsAnswer() {
    const TestServer server;
    RawConnection connection(server.port());
    connection.holdBack(true);
    constexpr qint64 kSize = 64 << 20;
    connection.send(
        "POST /files?path=/tmp/a HTTP/1.1\r\nHost: localhost\r\nX-Superserve-Sandbox-Id: "
        "2f1b7a5e-0000-4000-8000-000000000000\r\nContent-Length: " +
        QByteArray::number(kSize) + "\r\n\r\n");
    for (qint64 sent = 0; sent < kSize; sent += 1 << 20) connection.send(QByteArray(1 << 20, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT(connection.socket().bytesToWrite(), 0, 20'000);
    connection.holdBack(false);
    QCOMPARE(connection.reply().status, 401);
    QVERIFY(connection.isClosed());
  }

  void connectionsAreCounted() {
    HttpConfig config;
    config.maxConnections = 2;
    const TestServer server(config);
    const auto health = TestServer::request("GET /health", {});
    auto first = std::make_unique<RawConnection>(server.port());
    first->send(health);
    QCOMPARE(first->reply().status, 200);
    RawConnection second(server.port());
    second.send(health);
    QCOMPARE(second.reply().status, 200);
    RawConnection third(server.port());
    QVERIFY(third.isClosed());
    first.reset();
    QTRY_COMPARE(server.send(health).status, 200);
  }

  void anotherExpectationIsRefused() {
    const TestServer server;
    QCOMPARE(server.send(TestServer::request("GET /health", "Expect: 200-ok\r\n")).status, 400);
  }

  void aStoppedServerEndsItsConnections() {
    TestServer server;
    const auto made = server.sandbox();
    RawConnection connection(server.port());
    connection.send(TestServer::request("POST /exec", TestServer::access(made), "{\"command\":\"sleep 60\"}"));
    RawConnection idle(server.port());
    idle.send(TestServer::request("GET /health", {}));
    QCOMPARE(idle.reply().status, 200);
    server.server().stop();
    QVERIFY(connection.isClosed());
    QVERIFY(idle.isClosed());
    server.server().stop();
  }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connectiontest.moc"
