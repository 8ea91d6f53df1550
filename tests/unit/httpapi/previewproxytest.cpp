// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

namespace {

const QByteArray kPiece(64 * 1024, 'x');

}  // namespace

/// Requests for preview hosts over raw sockets, with a program in the sandbox that the test plays.
class PreviewProxyTest : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    server_ = std::make_unique<TestServer>();
    id_ = server_->sandbox().id;
    answered_ = 0;
  }
  void cleanup() { server_.reset(); }

  void aRequestIsPassedOnWithoutWhatIsOurs() {
    RawConnection client(server_->port());
    const auto host = this->host();
    client.send("GET /a%20b?x=1&superserve_preview_token=abc&y=%zz2 HTTP/1.1\r\nHost: " + host + "\r\n" + TestServer::key() +
                "X-Access-Token: t\r\nX-Superserve-Sandbox-Id: s\r\nX-Superserve-Preview-Token: p\r\n"
                "Connection: keep-alive, X-Gone\r\nX-Gone: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\n"
                "X-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nAuthorization: Basic eA==\r\nX-Own: y\r\n"
                "Cookie: a=1; superserve_preview_token=secret; b=2; __Host-superserve_preview_token=s\r\n\r\n");
    // A broken escape is refused before it gets anywhere.
    QCOMPARE(client.reply().status, 400);
    RawConnection good(server_->port());
    good.send("GET /a%20b?x=1&superserve%5fpreview_token=abc&y=2 HTTP/1.1\r\nHost: " + host + "\r\n" + TestServer::key() +
              "X-Access-Token: t\r\nX-Superserve-Sandbox-Id: s\r\nX-Superserve-Preview-Token: p\r\n"
              "Connection: keep-alive, X-Gone\r\nX-Gone: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\n"
              "X-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nAuthorization: Basic eA==\r\nX-Own: y\r\n"
              "Cookie: a=1; superserve_preview_token=secret; b=2; __Host-superserve_preview_token=s\r\n\r\n");
    auto* program = asked();
    QVERIFY(program != nullptr);
    QCOMPARE(server_->programs().lastPort, 8000);
    QCOMPARE(program->written, "GET /a%20b?x=1&y=2 HTTP/1.1\r\nhost: " + host +
                                   "\r\nauthorization: Basic eA==\r\nx-own: y\r\ncookie: a=1; b=2\r\nX-Forwarded-For: 127.0.0.1\r\n"
                                   "X-Forwarded-Host: " +
                                   host + "\r\nX-Forwarded-Proto: http\r\nConnection: close\r\n\r\n");
    QVERIFY(!program->writeClosed);
  }

  void theAnswerComesBackAndTheClientMayAskAgain() {
    RawConnection client(server_->port());
    client.send(get("/one") + get("/two"));  // pipelined
    answer(
        "HTTP/1.1 201 Fine\r\nX-Own: 1\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 9\r\nContent-Length: 3\r\n\r\nabc");
    const auto first = client.reply();
    QCOMPARE(first.status, 201);
    QCOMPARE(first.body, QByteArray("abc"));
    QCOMPARE(first.headers.value("x-own"), QByteArray("1"));
    QCOMPARE(first.headers.value("connection"), QByteArray("keep-alive"));
    QVERIFY(!first.headers.contains("x-hop"));
    QVERIFY(!first.headers.contains("keep-alive"));
    QVERIFY(!first.headers.contains("x-frame-options"));
    answer("HTTP/1.1 204 None\r\nContent-Length: 7\r\n\r\n");
    const auto second = client.reply();
    QCOMPARE(second.status, 204);
    QVERIFY(!second.headers.contains("content-length"));
    QCOMPARE(server_->programs().connections.size(), 2);
  }

  void aHeadRequestHasNoBody() {
    RawConnection client(server_->port());
    client.send("HEAD / HTTP/1.1\r\nHost: " + host() + "\r\n\r\n" + get("/"));
    answer("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n");
    const auto head = client.reply(false);
    QCOMPARE(head.headers.value("content-length"), QByteArray("12345"));
    answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nz");
    QCOMPARE(client.reply().body, QByteArray("z"));
  }

  void eachPieceOfAStreamComesAtOnce() {
    RawConnection client(server_->port());
    client.send(get("/events"));
    answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ndata: 1\r\n");
    QCOMPARE(client.head().status, 200);
    QCOMPARE(client.chunk(), QByteArray("data: 1"));
    say("7\r\nda");
    QCOMPARE(client.chunk(), QByteArray("da"));
    say("ta: 2\r\n0\r\n\r\n");
    QCOMPARE(client.chunk(), QByteArray("ta: 2"));
    QCOMPARE(client.chunk(), QByteArray());
    client.send(get("/more"));
    QVERIFY(asked() != nullptr);
  }

  void anAnswerMayComeByteByByte() {
    RawConnection client(server_->port());
    client.send(get("/"));
    QVERIFY(asked() != nullptr);
    for (const char byte : QByteArray("HTTP/1.1 103 Hint\r\nLink: x\r\n\r\nHTTP/1.0 200 OK\r\nX-Own: 1\r\n\r\nall of it")) {
      say(QByteArray(1, byte));
    }
    emit program()->ended();
    const auto reply = client.reply();
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.headers.value("x-own"), QByteArray("1"));
    QCOMPARE(reply.body, QByteArray("all of it"));
  }

  void whatIsCutShortIsCutShortForTheClient_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("then");
    QTest::addColumn<bool>("reset");
    QTest::newRow("less than announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc") << QByteArray() << false;
    QTest::newRow("no last chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                                   << QByteArray() << false;
    QTest::newRow("reset without a length") << QByteArray("HTTP/1.1 200 OK\r\n\r\nabc") << QByteArray() << true;
    QTest::newRow("bad chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                               << QByteArray("zz\r\n") << false;
  }
  void whatIsCutShortIsCutShortForTheClient() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, then);
    QFETCH(bool, reset);
    RawConnection client(server_->port());
    client.send(get("/"));
    answer(bytes);
    if (!then.isEmpty()) say(then);
    if (auto* program = this->program()) reset ? emit program->failed({ErrorCode::Unavailable, "broke"}) : emit program->ended();
    QCOMPARE(client.head().status, 200);
    QVERIFY(client.isClosed());
    QVERIFY(!client.rest().endsWith("0\r\n\r\n"));
  }

  void whatIsNoAnswerIsA502_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another protocol") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-");
    QTest::newRow("two lengths") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
    QTest::newRow("length and chunked") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    QTest::newRow("upgrade that nobody asked for") << QByteArray("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n");
    QTest::newRow("endless head") << "HTTP/1.1 200 OK\r\nX: " + QByteArray(200'000, 'a');
    QTest::newRow("endless hints") << QByteArray("HTTP/1.1 103 Hint\r\n\r\n").repeated(100);
    QTest::newRow("impossible status") << QByteArray("HTTP/1.1 007 OK\r\n\r\n");
  }
  void whatIsNoAnswerIsA502() {
    QFETCH(QByteArray, bytes);
    RawConnection client(server_->port());
    client.send(get("/"));
    answer(bytes);
    if (auto* program = this->program()) emit program->ended();
    const auto reply = client.reply();
    QCOMPARE(reply.status, 502);
    QCOMPARE(reply.errorCode(), QStringLiteral("bad_gateway"));
    QCOMPARE(reply.headers.value("retry-after"), QByteArray("2"));
  }

  void bodiesArePassedOnInTheirFraming() {
    RawConnection client(server_->port());
    client.send("POST /up HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 5\r\n\r\nhello");
    QVERIFY(asked() != nullptr);
    QTRY_VERIFY(program()->written.endsWith("Content-Length: 5\r\n\r\nhello"));
    say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(client.reply().status, 200);
    client.send("POST /up HTTP/1.1\r\nHost: " + host() +
                "\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
    QVERIFY(asked() != nullptr);
    QTRY_VERIFY(program()->written.endsWith("0\r\n\r\n"));
    QByteArray body;
    auto rest = program()->written.mid(program()->written.indexOf("\r\n\r\n") + 4);
    while (!rest.startsWith('0')) {
      const auto size = rest.left(rest.indexOf("\r\n")).toInt(nullptr, 16);
      body += rest.mid(rest.indexOf("\r\n") + 2, size);
      rest = rest.mid(rest.indexOf("\r\n") + 4 + size);
    }
    QCOMPARE(body, QByteArray("abcde"));
    QVERIFY(!program()->written.contains("ext"));
    QVERIFY(!program()->written.contains("railer"));
  }

  void aProgramThatDoesNotTakeABodyHoldsUpTheClient() {
    RawConnection client(server_->port());
    client.send("POST /up HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 40000000\r\n\r\n");
    QVERIFY(asked() != nullptr);
    program()->stuck = 1'000'000;
    client.send(QByteArray(40'000'000, 'u'));
    QCOMPARE(server_->control("GET /health").status, 200);
    QVERIFY(program()->written.size() < 500'000);
    program()->stuck = 0;
    emit program()->drained();
    QTRY_VERIFY_WITH_TIMEOUT(program()->written.size() > 40'000'000, 30000);
  }

  void aClientThatDoesNotReadHoldsUpTheProgram() {
    RawConnection client(server_->port());
    client.holdBack(true);
    client.send(get("/big"));
    answer("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
    qint64 sent = 0;
    // As the agent does: no more than its window ahead of what was consumed.
    const auto feed = [&] {
      while (program() && sent - program()->taken < 256 * 1024 && sent < 300'000'000) {
        sent += kPiece.size();
        say(kPiece);
      }
      return sent >= 300'000'000;
    };
    QVERIFY(!QTest::qWaitFor(feed, 1000));
    QVERIFY(sent < 100'000'000);
    const auto stoppedAt = sent;
    client.holdBack(false);
    QTRY_VERIFY((static_cast<void>(feed()), sent > stoppedAt + 5'000'000));
  }

  void theClientsEndIsTheConnectionsEnd() {
    auto client = std::make_unique<RawConnection>(server_->port());
    client->send(get("/wait"));
    QVERIFY(asked() != nullptr);
    client->abort();
    QTRY_VERIFY(program() == nullptr);
  }

  void anUpgradeCarriesBytesAsTheyAre() {
    RawConnection client(server_->port());
    client.send("GET /ws HTTP/1.1\r\nHost: " + host() +
                "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: vite-hmr\r\n\r\n");
    QVERIFY(asked() != nullptr);
    QVERIFY(program()->written.contains("Connection: Upgrade\r\nUpgrade: websocket\r\n"));
    QVERIFY(program()->written.contains("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    program()->written.clear();
    say("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\x81\x02hi");
    const auto head = client.head();
    QCOMPARE(head.status, 101);
    QCOMPARE(head.headers.value("upgrade"), QByteArray("websocket"));
    QCOMPARE(head.headers.value("sec-websocket-accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QCOMPARE(client.bytes(4), QByteArray("\x81\x02hi"));
    client.send(QByteArray("\x00GET / HTTP/1.1\r\n\r\n", 19));
    QTRY_COMPARE(program()->written, QByteArray("\x00GET / HTTP/1.1\r\n\r\n", 19));
    say("more");
    QCOMPARE(client.bytes(4), QByteArray("more"));
    QCOMPARE(server_->programs().connections.size(), 1);
    emit program()->ended();
    QVERIFY(client.isClosed());
  }

  void aTunnelEndsWithItsClient() {
    auto client = std::make_unique<RawConnection>(server_->port());
    client->send("GET /ws HTTP/1.1\r\nHost: " + host() +
                 "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    QCOMPARE(client->head().status, 101);
    client->socket().disconnectFromHost();
    QTRY_VERIFY(program() == nullptr || program()->writeClosed);
  }

  void cookiesStayWithTheirHost() {
    RawConnection client(server_->port());
    client.send(get("/"));
    answer("HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Domain=localhost; Path=/\r\nContent-Length: 0\r\n\r\n");
    QCOMPARE(client.reply().headers.value("set-cookie"), QByteArray("a=1; Path=/"));
    client.send(get("/"));
    answer("HTTP/1.1 200 OK\r\nSet-Cookie: superserve_preview_token=stolen\r\nContent-Length: 0\r\n\r\n");
    QVERIFY(!client.reply().headers.contains("set-cookie"));
  }

 private:
  [[nodiscard]] QByteArray host() const { return "8000-" + id_ + ".localhost:" + QByteArray::number(server_->port()); }
  [[nodiscard]] QByteArray get(const QByteArray& path) const { return "GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n"; }
  /// The connection of the next request, once it has arrived there.
  [[nodiscard]] FakePortConnection* asked() {
    auto& connections = server_->programs().connections;
    if (!QTest::qWaitFor([&] { return connections.size() > answered_; })) return nullptr;
    ++answered_;
    return program();
  }
  /// The one that was asked last.
  [[nodiscard]] FakePortConnection* program() { return server_->programs().connections.value(answered_ - 1); }
  void say(const QByteArray& bytes) {
    if (program()) emit program()->received(bytes);
  }
  void answer(const QByteArray& bytes) {
    QVERIFY(asked() != nullptr);
    if (!bytes.isEmpty()) say(bytes);
  }

  std::unique_ptr<TestServer> server_;
  QByteArray id_;
  qsizetype answered_ = 0;
};

QTEST_GUILESS_MAIN(PreviewProxyTest)
#include "previewproxytest.moc"
