// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/httpapi/rawwebsocket.h"

using namespace terrarium;

/// The WebSockets: /terminal and /exec/connect.
class SessionControllerTest : public QObject {
  Q_OBJECT
 private slots:
  void init() {
    server_ = std::make_unique<TestServer>();
    made_ = server_->sandbox();
  }
  void cleanup() { server_.reset(); }

  void itIsRefusedBeforeTheUpgrade_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("protocol");
    QTest::newRow("exec") << QByteArray("/exec/connect") << QByteArray("superserve.exec.v1");
    QTest::newRow("terminal") << QByteArray("/terminal") << QByteArray("superserve.terminal.v1");
  }
  void itIsRefusedBeforeTheUpgrade() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, protocol);
    const auto target = path + "?sandbox_id=" + made_.id;
    QCOMPARE(RawWebSocket(*server_, target, protocol).answer().status, 401);
    QCOMPARE(RawWebSocket(*server_, target, protocol + ", token.0000").answer().status, 401);
    QCOMPARE(RawWebSocket(*server_, path, protocol + ", token." + made_.token).answer().status, 400);
    QCOMPARE(RawWebSocket(*server_, target, "token." + made_.token).answer().status, 400);
    QCOMPARE(server_->data(made_, "GET " + path).status, 400);
    QCOMPARE(
        RawWebSocket(*server_, target, protocol + ", token." + made_.token, "Origin: https://evil.example\r\n").answer().status,
        403);

    const RawWebSocket good(*server_, target, protocol + ", token." + made_.token);
    QCOMPARE(good.answer().status, 101);
    QCOMPARE(good.answer().headers.value("sec-websocket-accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QCOMPARE(good.answer().headers.value("sec-websocket-protocol"), protocol);

    QCOMPARE(server_->control("POST /sandboxes/" + made_.id + "/pause").status, 204);
    const RawWebSocket paused(*server_, target, protocol + ", token." + made_.token);
    QCOMPARE(paused.answer().status, 503);
    QCOMPARE(paused.answer().errorCode(), QStringLiteral("sandbox_unavailable"));
    QCOMPARE(paused.answer().errorMessage(), QStringLiteral("sandbox is paused"));
  }

  void aCommandRunsAndTheServerCloses() {
    auto socket = exec();
    socket->sendText(R"({"command":"echo out; echo err >&2; exit 42"})");
    const auto last = socket->nextThat([](const auto& frame) { return frame.opcode == RawWebSocket::kText; });
    QCOMPARE(last.payload, QByteArray(R"({"exit_code":42,"finished":true})"));
    QCOMPARE(socket->binary, QByteArray("\x01out\n\x02") + "err\n");
    const auto close = socket->next();
    QCOMPARE(close.closeCode(), 1000);
    QCOMPARE(close.closeReason(), QByteArray("command exited"));
    socket->send(RawWebSocket::kClose, close.payload);
    QVERIFY(socket->connection().isClosed());
  }

  void inputGoesToTheCommandUntilItIsClosed() {
    auto socket = exec();
    socket->sendText(R"({"command":"cat"})");
    socket->send(RawWebSocket::kBinary, QByteArray("\0hello ", 7));
    socket->send(RawWebSocket::kBinary, QByteArray("\0world", 6));
    socket->sendText(R"({"type":"stdin_close"})");
    const auto last = socket->nextThat([](const auto& frame) { return frame.opcode == RawWebSocket::kText; });
    QCOMPARE(last.json()[QLatin1String("exit_code")].toInt(-1), 0);
    QCOMPARE(socket->binary.replace('\x01', ""), QByteArray("hello world"));
  }

  void aSignalEndsTheCommand() {
    auto socket = exec();
    socket->sendText(R"({"command":"echo begun; sleep 60"})");
    QCOMPARE(socket->next().payload, QByteArray("\x01"
                                                "begun\n"));
    socket->sendText(R"({"type":"signal","name":"SIGTERM"})");
    const auto last = socket->nextThat([](const auto& frame) { return frame.opcode == RawWebSocket::kText; });
    QCOMPARE(last.json()[QLatin1String("exit_code")].toInt(), 143);
  }

  void muchOutputComesWhole() {
    auto socket = exec();
    socket->sendText(R"({"command":"seq 200000"})");
    const auto last = socket->nextThat([](const auto& frame) { return frame.opcode == RawWebSocket::kText; });
    QCOMPARE(last.json()[QLatin1String("exit_code")].toInt(-1), 0);
    QVERIFY(socket->binary.endsWith("\n200000\n"));
  }

  void aBadStartIsRefused_data() {
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<int>("code");
    QTest::newRow("binary") << 2 << QByteArray("x") << 1003;
    QTest::newRow("no JSON") << 1 << QByteArray("echo") << 1008;
    QTest::newRow("no command") << 1 << QByteArray("{}") << 1008;
    QTest::newRow("unknown field") << 1 << QByteArray("{\"command\":\"x\",\"a\":1}") << 1008;
    QTest::newRow("too big") << 1 << QByteArray((4 << 20) + 1, ' ') << 1009;
    QTest::newRow("no UTF-8") << 1 << QByteArray("\xFF") << 1007;
    QTest::newRow("reserved opcode") << 3 << QByteArray("x") << 1002;
  }
  void aBadStartIsRefused() {
    QFETCH(int, opcode);
    QFETCH(QByteArray, frame);
    auto socket = exec();
    socket->send(opcode, frame);
    const auto close = socket->nextThat([](const auto& each) { return each.opcode == RawWebSocket::kClose; });
    QTEST(close.closeCode(), "code");
  }

  void aTerminalIsAShell() {
    auto socket = terminal();
    socket->sendText(R"({"type":"resize","cols":100,"rows":30})");
    socket->send(RawWebSocket::kBinary, "echo hel''lo\rexit 3\r");
    const auto last = socket->nextThat([](const auto& frame) { return frame.opcode == RawWebSocket::kText; });
    QVERIFY2(socket->binary.contains("hello\r\n"), socket->binary.constData());
    QCOMPARE(last.payload, QByteArray(R"({"exit_code":3,"finished":true})"));
    const auto close = socket->next();
    QCOMPARE(close.closeCode(), 1000);
    QCOMPARE(close.closeReason(), QByteArray("shell exited"));
  }

  void aTerminalTakesOnlyWhatItKnows_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("no JSON") << QByteArray("resize") << 1008;
    QTest::newRow("no cells") << QByteArray(R"({"type":"resize","cols":0,"rows":1})") << 1008;
    QTest::newRow("too many cells") << QByteArray(R"({"type":"resize","cols":100000,"rows":1})") << 1008;
    QTest::newRow("unknown") << QByteArray(R"({"type":"paste"})") << 1008;
    QTest::newRow("too big") << QByteArray(64 * 1024 + 1, ' ') << 1009;
  }
  void aTerminalTakesOnlyWhatItKnows() {
    QFETCH(QByteArray, text);
    auto socket = terminal();
    socket->sendText(text);
    const auto close = socket->nextThat([](const auto& each) { return each.opcode == RawWebSocket::kClose; });
    QTEST(close.closeCode(), "code");
  }

  void aClientThatVanishesEndsItsCommand() {
    auto socket = exec();
    socket->sendText("{\"command\":\"sleep 60\"}");
    auto shell = terminal();
    QTRY_COMPARE(server_->facade().live, 2);
    socket->connection().abort();
    QTRY_COMPARE(server_->facade().live, 1);
    shell->connection().abort();
    QTRY_COMPARE(server_->facade().live, 0);
  }

  void anIdleClientIsPinged() {
    HttpConfig config;
    config.pingInterval = std::chrono::milliseconds(50);
    server_ = std::make_unique<TestServer>(config);
    made_ = server_->sandbox();
    auto silent = terminal();
    const auto isPing = [](const auto& frame) { return frame.opcode == RawWebSocket::kPing; };
    QCOMPARE(silent->nextThat(isPing).opcode, RawWebSocket::kPing);
    QVERIFY(silent->connection().isClosed());  // it never said that it lives

    auto alive = terminal();
    for (int i = 0; i < 5; ++i) {
      QCOMPARE(alive->nextThat(isPing).opcode, RawWebSocket::kPing);
      alive->send(RawWebSocket::kPong, {});
    }
  }

  void aDeletedSandboxClosesItsSessions() {
    auto socket = terminal();
    QCOMPARE(server_->control("DELETE /sandboxes/" + made_.id).status, 204);
    const auto close = socket->nextThat([](const auto& each) { return each.opcode == RawWebSocket::kClose; });
    QCOMPARE(close.closeCode(), 1011);
  }

 private:
  [[nodiscard]] std::unique_ptr<RawWebSocket> open(const QByteArray& path, const QByteArray& protocol) const {
    return std::make_unique<RawWebSocket>(*server_, path + "?sandbox_id=" + made_.id, protocol + ", token." + made_.token);
  }
  [[nodiscard]] std::unique_ptr<RawWebSocket> exec() const { return open("/exec/connect", "superserve.exec.v1"); }
  [[nodiscard]] std::unique_ptr<RawWebSocket> terminal() const { return open("/terminal", "superserve.terminal.v1"); }

  std::unique_ptr<TestServer> server_;
  TestServer::Sandbox made_;
};

QTEST_GUILESS_MAIN(SessionControllerTest)
#include "sessioncontrollertest.moc"
