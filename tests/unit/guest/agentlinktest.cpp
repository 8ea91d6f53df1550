// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QLocalServer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "backend/guest/agentlink.h"
#include "backend/guest/serialguestagent.h"

using namespace terrarium;
using namespace std::chrono_literals;

namespace {

/// A guest that says what the test wants. Answers greetings like a real one unless told not to.
class ScriptedGuest : public QObject {
 public:
  explicit ScriptedGuest(const QString& path) {
    server_.listen(path);
    connect(&server_, &QLocalServer::newConnection, this, [this] {
      ++connections;
      socket = server_.nextPendingConnection();
      reader_.reset();
      connect(socket, &QLocalSocket::readyRead, this, [this] { read(); });
    });
  }

  void say(const QByteArray& bytes) {
    socket->write(bytes);
    socket->flush();
  }
  void say(const guest::GuestFrame& frame) { say(bytesOf(frame)); }

  static QByteArray bytesOf(const guest::GuestFrame& frame) {
    std::string bytes;
    guest::appendFrame(bytes, frame);
    return QByteArray::fromStdString(bytes);
  }
  static QByteArray mark() { return QByteArray::fromStdString(std::string(guest::conversationMark())); }
  static guest::GuestFrame ack(std::uint64_t session) {
    guest::GuestFrame frame;
    frame.mutable_hello_ack()->set_session(session);
    frame.mutable_hello_ack()->set_agent_version("scripted");
    return frame;
  }

  QLocalSocket* socket = nullptr;
  int connections = 0;
  int greetings = 0;
  int ignoreGreetings = 0;
  QByteArray beforeAck;
  std::uint64_t session = 0;
  std::vector<guest::HostFrame> heard;

 private:
  void read() {
    reader_.feed(socket->readAll().toStdString());
    for (auto step = reader_.next(); step != guest::FrameReader::Step::NeedMore; step = reader_.next()) {
      if (step != guest::FrameReader::Step::Message) continue;
      guest::HostFrame frame;
      frame.ParseFromString(std::string(reader_.message()));
      heard.push_back(frame);
      if (!frame.has_hello()) continue;
      ++greetings;
      session = frame.hello().session();
      if (greetings > ignoreGreetings) say(beforeAck + mark() + bytesOf(ack(session)));
    }
  }

  QLocalServer server_;
  guest::FrameReader reader_{guest::kMaxHostMessage, guest::FrameReader::Scan::Everywhere};
};

ExecRequest anyCommand() {
  ExecRequest request;
  request.command = "anything";
  return request;
}

}  // namespace

/// The host against guests that misbehave.
class AgentLinkTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    path_ = folder_.filePath(QStringLiteral("guest%1.sock").arg(++count_));
    guest_ = std::make_unique<ScriptedGuest>(path_);
    agent_ = std::make_unique<SerialGuestAgent>(path_);
  }

  void cleanup() {
    agent_.reset();
    guest_.reset();
  }

  void greetingsAreRepeatedUntilTheyAreAnswered() {
    guest_->ignoreGreetings = 3;
    open();
    QVERIFY(guest_->greetings >= 4);
    QCOMPARE(guest_->connections, 1);
    QCOMPARE(agent_->version(), std::string("scripted"));
  }

  void leftoversOfTheOldConversationAreSkipped_data() {
    guest::GuestFrame old;
    old.set_stream(3);
    old.mutable_exit()->set_code(1);
    const auto frame = ScriptedGuest::bytesOf(old);
    QTest::addColumn<QByteArray>("leftover");
    QTest::newRow("whole frame") << frame;
    QTest::newRow("mark and frame") << ScriptedGuest::mark() + frame;
    QTest::newRow("answer to somebody else") << ScriptedGuest::mark() + ScriptedGuest::bytesOf(ScriptedGuest::ack(1));
    QTest::newRow("garbage") << QByteArray(100000, 'T');
    QTest::newRow("mark and garbage") << ScriptedGuest::mark() + QByteArray(1000, 'T');
    for (int cut = 1; cut < frame.size(); ++cut) QTest::addRow("tail from %d", cut) << frame.mid(cut);
  }

  void leftoversOfTheOldConversationAreSkipped() {
    QFETCH(QByteArray, leftover);
    guest_->beforeAck = leftover;
    open();
    QCOMPARE(guest_->connections, 1);
  }

  void aBadFrameClosesTheConnectionAndOneReconnectIsTried_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto frame = [](auto fill) {
      guest::GuestFrame made;
      made.set_stream(1);
      fill(made);
      return ScriptedGuest::bytesOf(made);
    };
    QTest::newRow("garbage") << QByteArray("garbage!!");
    QTest::newRow("too long") << QByteArray("TRAG\x01\x00\x01\x00", 8);
    QTest::newRow("no message") << QByteArray("TRAG\x02\0\0\0\xff\xff\n", 11);
    QTest::newRow("more output than allowed")
        << frame([](auto& made) { made.mutable_output()->set_bytes(std::string(60000, 'x')); }).repeated(5);
    QTest::newRow("credit for nothing") << frame([](auto& made) { made.set_credit(1); });
    QTest::newRow("a file for a command") << frame([](auto& made) { made.mutable_opened(); });
    QTest::newRow("the end of a file for a command") << frame([](auto& made) { made.mutable_end(); });
    QTest::newRow("unknown stream") << frame([](auto& made) {
      made.set_stream(77);
      made.mutable_started();
    });
  }

  void aBadFrameClosesTheConnectionAndOneReconnectIsTried() {
    QFETCH(QByteArray, bytes);
    open();
    QSignalSpy lost(agent_.get(), &GuestAgent::lost);
    const auto session = agent_->run(anyCommand());
    QSignalSpy failed(session.get(), &ExecSession::failed);
    const auto first = guest_->session;
    guest_->say(bytes);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::Unavailable);
    QTRY_COMPARE(guest_->connections, 2);
    QTRY_VERIFY(agent_->conversation().isReady());
    QVERIFY(guest_->session != first);
    QCOMPARE(lost.count(), 0);
  }

  void aConnectionThatMakesNoSenseEndsTheConversation_data() {
    QTest::addColumn<QByteArray>("bytes");
    const auto frame = [](auto fill) {
      guest::GuestFrame made;
      made.set_stream(1);
      fill(made);
      return ScriptedGuest::bytesOf(made);
    };
    const auto started = frame([](auto& made) { made.mutable_started(); });
    const auto ended = frame([](auto& made) { made.mutable_no_more_data(); });
    const auto data = frame([](auto& made) { made.set_data(std::string(30000, 'x')); });
    QTest::newRow("open twice") << started + started;
    QTest::newRow("data before it is open") << data;
    QTest::newRow("more data than allowed") << started + data.repeated(9);
    QTest::newRow("data after the end") << started + ended + data;
    QTest::newRow("ended twice") << started + ended + ended;
    QTest::newRow("closed before its end") << started + frame([](auto& made) { made.mutable_end(); });
    QTest::newRow("credit for nothing") << started + frame([](auto& made) { made.set_credit(1); });
    QTest::newRow("output of a command") << started + frame([](auto& made) { made.mutable_output(); });
  }

  void aConnectionThatMakesNoSenseEndsTheConversation() {
    QFETCH(QByteArray, bytes);
    open();
    const auto connection = agent_->connectPort(8000);
    QSignalSpy failed(connection.get(), &PortConnection::failed);
    guest_->say(bytes);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::Unavailable);
    QTRY_COMPARE(guest_->connections, 2);
  }

  void anAgentThatIsTooOldAsksForARebuiltTemplate() {
    open();
    const auto connection = agent_->connectPort(8000);
    QSignalSpy failed(connection.get(), &PortConnection::failed);
    guest::GuestFrame reply;
    reply.set_stream(1);
    reply.mutable_failure()->set_kind(guest::Failure::UNSUPPORTED);
    reply.mutable_failure()->set_message("The agent in this sandbox is too old for that.");
    guest_->say(reply);
    QTRY_COMPARE(failed.count(), 1);
    const auto error = failed.at(0).at(0).value<Error>();
    QCOMPARE(error.code, ErrorCode::Conflict);
    QVERIFY(error.message.find("Rebuild the template") != std::string::npos);
  }

  void aGuestThatStaysSilentAfterTheReconnectIsLost() {
    open();
    QSignalSpy lost(agent_.get(), &GuestAgent::lost);
    guest_->ignoreGreetings = 1'000'000;
    guest_->say(QByteArray("garbage!!"));
    QTRY_COMPARE_WITH_TIMEOUT(lost.count(), 1, 10000);
    QCOMPARE(guest_->connections, 2);
  }

  void framesForStreamsThatEndedAreIgnored() {
    open();
    auto session = agent_->run(anyCommand());
    session.reset();
    guest::GuestFrame late;
    late.set_stream(1);
    late.mutable_output()->set_bytes("late");
    guest_->say(late);
    QTRY_VERIFY(!guest_->heard.empty() && guest_->heard.back().has_cancel());
    const auto ping = agent_->ping();
    QTRY_VERIFY(guest_->heard.back().has_ping());
    guest::GuestFrame done;
    done.set_stream(guest_->heard.back().stream());
    done.mutable_done();
    guest_->say(done);
    QTRY_VERIFY(ping.isFinished());
    QVERIFY(ping.result().has_value());
    QCOMPARE(guest_->connections, 1);
  }

  void whatANewerAgentAddsIsIgnored() {
    open();
    const auto session = agent_->run(anyCommand());
    QSignalSpy started(session.get(), &ExecSession::started);
    guest::GuestFrame unknown;
    unknown.set_stream(1);
    guest_->say(unknown);
    unknown.mutable_started();
    guest_->say(unknown);
    QTRY_COMPARE(started.count(), 1);
    QVERIFY(agent_->conversation().isReady());
  }

  void aSecondAnswerToTheGreetingIsNoHarm() {
    open();
    guest_->say(ScriptedGuest::mark() + ScriptedGuest::bytesOf(ScriptedGuest::ack(guest_->session)));
    const auto ping = agent_->ping();
    QTRY_VERIFY(guest_->heard.back().has_ping());
    QVERIFY(agent_->conversation().isReady());
  }

  void impossibleStatisticsAreMadePossible() {
    open();
    QSignalSpy spy(agent_.get(), &GuestAgent::statisticsReported);
    guest::GuestFrame frame;
    auto& statistics = *frame.mutable_statistics();
    statistics.set_cpu_percent(std::numeric_limits<double>::quiet_NaN());
    statistics.set_memory_total(-5);
    statistics.set_memory_used(std::numeric_limits<std::int64_t>::max());
    statistics.set_processes(0xffffffff);
    statistics.add_listening_ports(0);
    statistics.add_listening_ports(70000);
    statistics.add_listening_ports(8080);
    guest_->say(frame);
    QTRY_COMPARE(spy.count(), 1);
    const auto shown = spy.at(0).at(0).value<GuestStatistics>();
    QCOMPARE(shown.cpuPercent, 0.0);
    QCOMPARE(shown.memoryTotalBytes, 0);
    QCOMPARE(shown.memoryUsedBytes, 0);
    QVERIFY(shown.processCount > 0);
    QCOMPARE(shown.listeningPorts, std::vector<int>{8080});
  }

  void impossibleFileNamesAreRefused_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("slash") << QByteArray("../../etc/passwd");
    QTest::newRow("zero") << QByteArray("a\0b", 3);
    QTest::newRow("long") << QByteArray(5000, 'x');
  }

  void impossibleFileNamesAreRefused() {
    QFETCH(QByteArray, name);
    open();
    const auto listing = agent_->list("/");
    QTRY_VERIFY(guest_->heard.back().has_list());
    guest::GuestFrame frame;
    frame.set_stream(guest_->heard.back().stream());
    frame.mutable_entries()->add_entry()->set_name(name.toStdString());
    guest_->say(frame);
    QTRY_VERIFY(listing.isFinished());
    QVERIFY(!listing.result());
  }

  void aCommandThatHoldsReservedBytesIsRefusedHere() {
    open();
    auto request = anyCommand();
    request.command += std::string(guest::conversationMark());
    const auto session = agent_->run(request);
    QSignalSpy failed(session.get(), &ExecSession::failed);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<Error>().code, ErrorCode::BadRequest);
    QVERIFY(agent_->conversation().isReady());
  }

 private:
  void open() {
    agent_->conversation().open(5s);
    QTRY_VERIFY(agent_->conversation().isReady());
  }

  QTemporaryDir folder_;
  int count_ = 0;
  QString path_;
  std::unique_ptr<ScriptedGuest> guest_;
  std::unique_ptr<SerialGuestAgent> agent_;
};

QTEST_GUILESS_MAIN(AgentLinkTest)
#include "agentlinktest.moc"
