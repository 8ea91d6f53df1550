// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/httpapi/testserver.h"

using namespace terrarium;

/// The streams of the server: commands and events as server-sent events, slow readers, readers that vanish.
class ExecStreamingTest : public QObject {
  Q_OBJECT
 private slots:
  void aCommandIsStreamed() {
    const TestServer server;
    const auto made = server.sandbox();
    const auto reply = server.data(made, "POST /exec/stream", "{\"command\":\"echo out; echo err >&2; exit 42\"}");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.headers.value("content-type"), QByteArray("text/event-stream"));
    QCOMPARE(reply.headers.value("cache-control"), QByteArray("no-cache"));
    QCOMPARE(reply.headers.value("x-accel-buffering"), QByteArray("no"));
    const auto events = eventsOf(reply.body);
    QCOMPARE(events.size(), 3);
    QCOMPARE(events.at(0)[QLatin1String("stdout")].toString(), QStringLiteral("out\n"));
    QCOMPARE(events.at(1)[QLatin1String("stderr")].toString(), QStringLiteral("err\n"));
    QCOMPARE(events.at(2)[QLatin1String("exit_code")].toInt(), 42);
    QCOMPARE(events.at(2)[QLatin1String("finished")].toBool(), true);
    for (const auto& event : events) QVERIFY(event.contains(QLatin1String("timestamp")));
  }

  void aCharacterIsNeverCutBetweenEvents() {
    const TestServer server;
    const auto made = server.sandbox();
    // Three bytes each, so the pieces of 32 KiB end within one.
    const auto text = QString(30'001, QChar(0x20AC));
    (void)server.data(made, "POST /files?path=/tmp/euros", text.toUtf8());
    const auto reply = server.data(made, "POST /exec/stream", "{\"command\":\"cat /tmp/euros\"}");
    QString joined;
    int pieces = 0;
    for (const auto& event : eventsOf(reply.body)) {
      if (!event.contains(QLatin1String("stdout"))) continue;
      ++pieces;
      joined += event[QLatin1String("stdout")].toString();
    }
    QVERIFY(pieces > 1);
    QCOMPARE(joined, text);
  }

  void whatIsNoUtf8BecomesReplacementCharacters() {
    const TestServer server;
    const auto made = server.sandbox();
    (void)server.data(made, "POST /files?path=/tmp/latin", "caf\xE9");
    const auto events = eventsOf(server.data(made, "POST /exec/stream", "{\"command\":\"cat /tmp/latin\"}").body);
    QString joined;
    for (const auto& event : events) joined += event[QLatin1String("stdout")].toString();
    QCOMPARE(joined, QStringLiteral("caf\uFFFD"));
  }

  void aRefusalIsAStatus() {
    const TestServer server;
    const auto made = server.sandbox();
    QCOMPARE(server.data(made, "POST /exec/stream", "{\"command\":1}").status, 400);
    (void)server.control("POST /sandboxes/" + made.id + "/pause");
    const auto paused = server.data(made, "POST /exec/stream", "{\"command\":\"true\"}");
    QCOMPARE(paused.status, 503);
    QCOMPARE(paused.errorCode(), QStringLiteral("sandbox_unavailable"));
  }

  void silenceIsFilledWithComments() {
    HttpConfig config;
    config.keepAliveInterval = std::chrono::milliseconds(30);
    const TestServer server(config);
    const auto made = server.sandbox();
    RawConnection connection(server.port());
    connection.send(TestServer::request("POST /exec/stream", TestServer::access(made), "{\"command\":\"sleep 60\"}"));
    QCOMPARE(connection.head().status, 200);
    QCOMPARE(connection.chunk(), QByteArray(": keepalive\n\n"));
    QCOMPARE(connection.chunk(), QByteArray(": keepalive\n\n"));
  }

  void aClientThatVanishesEndsItsCommand_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("collected") << QByteArray("/exec");
    QTest::newRow("streamed") << QByteArray("/exec/stream");
  }
  void aClientThatVanishesEndsItsCommand() {
    QFETCH(QByteArray, path);
    const TestServer server;
    const auto made = server.sandbox();
    RawConnection connection(server.port());
    connection.send(TestServer::request("POST " + path, TestServer::access(made), "{\"command\":\"echo begun; sleep 60\"}"));
    QTRY_COMPARE(server.facade().live, 1);
    connection.abort();
    QTRY_COMPARE(server.facade().live, 0);
  }

  void aSlowReaderHoldsTheCommandBack() {
    const TestServer server;
    const auto made = server.sandbox();
    RawConnection connection(server.port());
    connection.send(TestServer::request("POST /exec/stream", TestServer::access(made),
                                        "{\"command\":\"seq 1000000; seq 1000000; seq 1000000\"}"));  // some 20 MB
    QCOMPARE(connection.head().status, 200);
    connection.holdBack(true);
    // Nobody reads on. While others are served, the command delivers only what the sockets' buffers and the windows hold.
    for (int i = 0; i < 20; ++i) QCOMPARE(server.send(TestServer::request("GET /health", {})).status, 200);
    QVERIFY(server.facade().delivered < (10 << 20));
    QCOMPARE(server.facade().live, 1);
    connection.holdBack(false);
    qint64 received = 0;
    for (auto part = connection.chunk(); !part.isEmpty(); part = connection.chunk()) received += part.size();
    QVERIFY(received > (19 << 20));
    QTRY_COMPARE(server.facade().live, 0);
  }

  void eventsAreNamed() {
    const TestServer server;
    RawConnection connection(server.port());
    const auto request = TestServer::request("GET /local/events", TestServer::key());
    connection.send(request);
    auto reply = connection.head();
    QCOMPARE(reply.status, 200);
    const auto came = [&](const QByteArray& text) {
      const auto bytes = connection.until(text);
      reply.body += bytes;
      return !bytes.isEmpty();
    };
    QVERIFY(came("event: hello\ndata: {\"version\":"));
    const auto made = server.sandbox();
    QVERIFY(came("event: operation\ndata: {"));
    QVERIFY(came("event: sandbox\ndata: {"));
    QVERIFY(came("event: statistics\ndata: {"));
    (void)server.control("POST /local/templates/superserve%2Fbase/build");
    QVERIFY(came("event: template\ndata: {"));
    (void)server.control("DELETE /sandboxes/" + made.id);
    QVERIFY(came("event: sandbox_removed\ndata: {\"id\":\"" + made.id + "\"}\n\n"));
    recordExchange(request, reply);
    QVERIFY(!connection.rest().contains("access_token"));
  }

 private:
  static QList<QJsonObject> eventsOf(const QByteArray& body) {
    QList<QJsonObject> events;
    for (const auto& line : body.split('\n')) {
      if (line.startsWith("data: ")) events << QJsonDocument::fromJson(line.mid(6)).object();
    }
    return events;
  }
};

QTEST_GUILESS_MAIN(ExecStreamingTest)
#include "execstreamingtest.moc"
