// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "backend/guest/agentrequest.h"
#include "backend/guest/agentversion.h"
#include "backend/guest/serialguestagent.h"
#include "backend/guest/serialguestagents.h"
#include "tests/unit/guest/agentprocess.h"

using namespace terrarium;
using namespace std::chrono_literals;

namespace {

/// Collects what a command says; consumes at once unless told otherwise.
struct Listener {
  explicit Listener(std::unique_ptr<ExecSession> made, bool consume = true) : session(std::move(made)) {
    QObject::connect(session.get(), &ExecSession::started, session.get(), [this] { started = true; });
    QObject::connect(session.get(), &ExecSession::outputReceived, session.get(),
                     [this, consume](OutputChannel channel, const QByteArray& bytes) {
                       (channel == OutputChannel::Stdout ? out : err) += bytes;
                       if (consume) session->consumed(bytes.size());
                     });
    QObject::connect(session.get(), &ExecSession::finished, session.get(), [this](const ExecResult& given) { result = given; });
    QObject::connect(session.get(), &ExecSession::failed, session.get(), [this](const Error& given) { error = given; });
  }
  [[nodiscard]] bool over() const { return result.has_value() || error.has_value(); }
  [[nodiscard]] int code() const { return result ? result->exitCode : -1; }

  std::unique_ptr<ExecSession> session;
  QByteArray out;
  QByteArray err;
  bool started = false;
  std::optional<ExecResult> result;
  std::optional<Error> error;
};

ExecRequest shell(const std::string& command) {
  ExecRequest request;
  request.command = command;
  return request;
}

}  // namespace

/// The host's side against the real agent program, which serves a unix socket as an ordinary process.
class SerialGuestAgentTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    process_ = std::make_unique<AgentProcess>();
    const auto connected = answerOf(agents_.connect(process_->socket(), 10s));
    QVERIFY2(connected.has_value(), connected ? "" : connected.error().message.c_str());
    agent_ = *connected;
  }

  void cleanup() {
    agent_.reset();
    process_.reset();
  }

  void theHandshakeTellsTheVersion() {
    QCOMPARE(agent_->version(), std::string(guest::kAgentVersion));
    QCOMPARE(agent_->version(), agents_.shippedVersion());
    QVERIFY(answerOf(agent_->ping()).has_value());
  }

  void connectingGivesUpWhenNobodyAnswers() {
    const auto result = answerOf(agents_.connect(folder_.filePath(QStringLiteral("nobody")), 200ms));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::TimedOut);
  }

  void outputAndExitCodeArrive_data() {
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    QTest::addColumn<int>("code");
    QTest::newRow("true") << "true" << QByteArray() << QByteArray() << 0;
    QTest::newRow("both channels") << "echo a; echo b >&2; exit 3" << QByteArray("a\n") << QByteArray("b\n") << 3;
    QTest::newRow("not found by the shell") << "exec 2>/dev/null; no-such-program" << QByteArray() << QByteArray() << 127;
    QTest::newRow("signal") << "kill -TERM $$" << QByteArray() << QByteArray() << 128 + SIGTERM;
    QTest::newRow("stdin is empty") << "cat; echo end" << QByteArray("end\n") << QByteArray() << 0;
    QTest::newRow("zero bytes") << "printf 'a\\000b'" << QByteArray("a\0b", 3) << QByteArray() << 0;
  }

  void outputAndExitCodeArrive() {
    QFETCH(QString, command);
    Listener run(agent_->run(shell(command.toStdString())));
    QTRY_VERIFY(run.over());
    QVERIFY(run.started);
    QTEST(run.out, "out");
    QTEST(run.err, "err");
    QTEST(run.code(), "code");
  }

  void argumentsRunWithoutAShell() {
    ExecRequest request;
    request.command = "printf";
    request.args = {"%s|", "$HOME", "a b"};
    Listener run(agent_->run(request));
    QTRY_VERIFY(run.over());
    QCOMPARE(run.out, QByteArray("$HOME|a b|"));
  }

  void aProgramThatIsNotThereIsABadRequest() {
    ExecRequest request;
    request.command = "no-such-program";
    request.args.emplace();
    Listener run(agent_->run(request));
    QTRY_VERIFY(run.over());
    QVERIFY(run.error.has_value());
    QCOMPARE(run.error->code, ErrorCode::BadRequest);
    QCOMPARE(run.error->field, std::string("command"));
    QVERIFY(!run.started);
  }

  void aWorkingDirectoryThatIsNotThereIsABadRequest() {
    auto request = shell("pwd");
    request.workingDirectory = "/no/such/folder";
    Listener run(agent_->run(request));
    QTRY_VERIFY(run.over());
    QCOMPARE(run.error.value_or(Error{}).field, std::string("working_dir"));
  }

  void environmentComesInLayers() {
    GuestIdentity identity;
    identity.env = {{"LAYER", "sandbox"}, {"ONLY", "$HOME"}, {"PATH_SET", "no"}};
    identity.workingDirectory = "/usr";
    QVERIFY(answerOf(agent_->assume(identity)).has_value());
    auto request = shell("echo \"$LAYER|$ONLY|$USER|$HOME|$PATH|$(pwd)\"");
    request.env = {{"LAYER", "request"}};
    Listener run(agent_->run(request));
    QTRY_VERIFY(run.over());
    QCOMPARE(run.out, QByteArray("request|$HOME|root|/root|/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin|/usr\n"));
  }

  void anUnknownUserIsRefused() {
    GuestIdentity identity;
    identity.user = "nobody-of-that-name";
    const auto result = answerOf(agent_->assume(identity));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::BadRequest);
  }

  void commandsRunAsTheUserOfTheIdentity() {
    if (geteuid() != 0) QSKIP("needs root");
    GuestIdentity identity;
    identity.user = "nobody";
    identity.workingDirectory = "/";
    QVERIFY(answerOf(agent_->assume(identity)).has_value());
    Listener run(agent_->run(shell("id -un; id -G; echo $USER")));
    QTRY_VERIFY(run.over());
    QCOMPARE(run.out, QByteArray("nobody\n65534\nnobody\n"));
  }

  void aTimeOutKillsTheWholeGroup() {
    auto request = shell("echo $$; sleep 1000 & sleep 1000; echo never");
    request.timeout = 1s;
    QElapsedTimer clock;
    clock.start();
    Listener run(agent_->run(request));
    QTRY_VERIFY_WITH_TIMEOUT(run.over(), 10000);
    QCOMPARE(run.code(), 124);
    QVERIFY(clock.elapsed() >= 1000 && clock.elapsed() < 5000);
    QVERIFY(!run.out.contains("never"));
    const int leader = run.out.trimmed().toInt();
    QVERIFY(leader > 1);
    QTRY_VERIFY(::kill(-leader, 0) != 0);
  }

  void signalsReachTheGroup_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("code");
    QTest::newRow("term") << QByteArray("SIGTERM") << 128 + SIGTERM;
    QTest::newRow("kill") << QByteArray("SIGKILL") << 128 + SIGKILL;
    QTest::newRow("int") << QByteArray("SIGINT") << 128 + SIGINT;
    QTest::newRow("usr1") << QByteArray("SIGUSR1") << 128 + SIGUSR1;
  }

  void signalsReachTheGroup() {
    QFETCH(QByteArray, name);
    Listener run(agent_->run(shell("echo ready; exec sleep 1000")));
    QTRY_COMPARE(run.out, QByteArray("ready\n"));
    run.session->sendSignal("SIGNONSENSE");
    run.session->sendSignal(name);
    QTRY_VERIFY(run.over());
    QTEST(run.code(), "code");
  }

  void inputFlowsUntilItIsClosed() {
    auto request = shell("wc -c");
    request.openStdin = true;
    Listener run(agent_->run(request));
    QSignalSpy drained(run.session.get(), &ExecSession::inputDrained);
    run.session->write(QByteArray(3'000'000, 'x'));
    QVERIFY(run.session->inputPending() > 2'000'000);
    QTRY_COMPARE(drained.count(), 1);
    QVERIFY(!run.over());
    run.session->closeInput();
    QTRY_VERIFY(run.over());
    QCOMPARE(run.out.trimmed(), QByteArray("3000000"));
  }

  void inputThatNobodyReadsWaits() {
    auto request = shell("sleep 1000");
    request.openStdin = true;
    Listener run(agent_->run(request));
    run.session->write(QByteArray(2'000'000, 'x'));
    QTRY_VERIFY(run.started);
    QVERIFY(answerOf(agent_->ping()).has_value());
    QVERIFY(run.session->inputPending() >= 2'000'000 - 256 * 1024 - 128 * 1024);
  }

  void aSlowReceiverHoldsUpTheCommand() {
    Listener run(agent_->run(shell("head -c 20000000 /dev/zero; echo done >&2")), false);
    QTRY_VERIFY(run.out.size() == 256 * 1024);
    QVERIFY(answerOf(agent_->ping()).has_value());
    QCOMPARE(run.out.size(), 256 * 1024);
    QVERIFY(run.err.isEmpty());
    QObject::connect(run.session.get(), &ExecSession::outputReceived, run.session.get(),
                     [&run](OutputChannel, const QByteArray& bytes) { run.session->consumed(bytes.size()); });
    run.session->consumed(run.out.size());
    QTRY_VERIFY_WITH_TIMEOUT(run.over(), 20000);
    QCOMPARE(run.out.size(), 20'000'000);
    QCOMPARE(run.err, QByteArray("done\n"));
  }

  void whatASlowReceiverHasNotTakenIsNotLost() {
    // The command has ended long before its output is taken.
    Listener run(agent_->run(shell("head -c 300000 /dev/zero")), false);
    QTRY_COMPARE(run.out.size(), 256 * 1024);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY(clock.elapsed() > 500);
    QVERIFY(!run.over());
    run.session->consumed(run.out.size());
    QTRY_VERIFY(run.over());
    QCOMPARE(run.out.size(), 300'000);
  }

  void aBackgroundChildDoesNotHoldUpTheEnd() {
    QElapsedTimer clock;
    clock.start();
    Listener run(agent_->run(shell("sleep 30 & echo $!")));
    QTRY_VERIFY(run.over());
    QVERIFY(clock.elapsed() < 3000);
    QCOMPARE(run.code(), 0);
    const int child = run.out.trimmed().toInt();
    QVERIFY2(::kill(child, 0) == 0, "what was put into the background runs on");
    ::kill(child, SIGKILL);
  }

  void lettingGoOfASessionKillsIt() {
    auto run = std::make_unique<Listener>(agent_->run(shell("echo $$; sleep 1000")));
    QTRY_VERIFY(run->out.endsWith('\n'));
    const int leader = run->out.trimmed().toInt();
    run.reset();
    QTRY_VERIFY(::kill(-leader, 0) != 0);
  }

  void theEndOfTheConversationKillsItsCommands() {
    Listener run(agent_->run(shell("echo $$; sleep 1000")));
    QTRY_VERIFY(run.out.endsWith('\n'));
    const int leader = run.out.trimmed().toInt();
    agent_.reset();
    QTRY_VERIFY(::kill(-leader, 0) != 0);
    QTRY_VERIFY(run.error.has_value());
  }

  void manyCommandsRunAtOnce() {
    std::vector<std::unique_ptr<Listener>> runs;
    for (int i = 0; i < 50; ++i) {
      runs.push_back(std::make_unique<Listener>(agent_->run(shell("head -c 100000 /dev/zero; echo " + std::to_string(i)))));
    }
    for (int i = 0; i < 50; ++i) {
      auto& run = *runs[static_cast<std::size_t>(i)];
      QTRY_VERIFY_WITH_TIMEOUT(run.over(), 20000);
      QCOMPARE(run.out.mid(100000), QByteArray::number(i) + '\n');
    }
  }

  void aTerminalIsATerminal() {
    TerminalRequest request;
    request.columns = 91;
    request.rows = 31;
    Listener terminal(agent_->openTerminal(request));
    terminal.session->write("stty size; echo \"term=$TERM\"; tty\n");
    QTRY_VERIFY(terminal.out.contains("31 91"));
    QTRY_VERIFY(terminal.out.contains("term=xterm-256color"));
    QTRY_VERIFY(terminal.out.contains("/dev/pts/"));
    terminal.session->resize(120, 40);
    terminal.session->write("stty size\n");
    QTRY_VERIFY(terminal.out.contains("40 120"));
    terminal.session->write("exit 7\n");
    QTRY_VERIFY(terminal.over());
    QCOMPARE(terminal.code(), 7);
  }

  void aTerminalInterruptsWhatRunsInFront() {
    Listener terminal(agent_->openTerminal({}));
    terminal.session->write("echo rea''dy; sleep 1000; echo code=$?\n");
    QTRY_VERIFY(terminal.out.contains("ready\r\n"));
    terminal.session->write("\x03");
    terminal.session->write("echo af''ter\n");
    QTRY_VERIFY(terminal.out.contains("after\r\n"));
  }

  void statisticsComeByThemselves() {
    QSignalSpy spy(agent_.get(), &GuestAgent::statisticsReported);
    QTRY_VERIFY(spy.count() >= 2);
    const auto statistics = spy.last().at(0).value<GuestStatistics>();
    QVERIFY(statistics.memoryTotalBytes > 0);
    QVERIFY(statistics.memoryUsedBytes > 0 && statistics.memoryUsedBytes < statistics.memoryTotalBytes);
    QVERIFY(statistics.diskTotalBytes >= statistics.diskUsedBytes);
    QVERIFY(statistics.processCount > 1);
  }

  void settlingStopsStatisticsUntilSomethingIsAsked() {
    QVERIFY(answerOf(agent_->settle(false)).has_value());
    QSignalSpy spy(agent_.get(), &GuestAgent::statisticsReported);
    QVERIFY(!spy.wait(1500));
    QVERIFY(answerOf(agent_->ping()).has_value());
    QVERIFY(spy.wait(3000));
  }

  void theAgentRefusesWhatItDoesNotKnow() {
    // As an older agent reads a newer request: a frame without a body.
    auto& conversation = static_cast<SerialGuestAgent&>(*agent_).conversation();
    std::optional<Error> error;
    AgentRequest::ask(conversation, guest::HostFrame(), 5s,
                      [&error](const Result<AgentRequest::Entries>& answer) { error = answer ? Error{} : answer.error(); });
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::Conflict);
    QVERIFY(answerOf(agent_->ping()).has_value());
  }

  void aBrokenConversationIsBegunAnewOnce() {
    Listener run(agent_->run(shell("echo up; sleep 1000")));
    QTRY_COMPARE(run.out, QByteArray("up\n"));
    QSignalSpy lost(agent_.get(), &GuestAgent::lost);
    // Whoever connects takes the agent over; then ours comes back.
    QLocalSocket other;
    other.connectToServer(process_->socket());
    QTRY_VERIFY(run.error.has_value());
    QCOMPARE(run.error->code, ErrorCode::Unavailable);
    QTRY_VERIFY(answerOf(agent_->ping()).has_value());
    QCOMPARE(lost.count(), 0);
  }

  void anAgentThatDiedIsLost() {
    QSignalSpy lost(agent_.get(), &GuestAgent::lost);
    Listener run(agent_->run(shell("echo $$; sleep 1000")));
    QTRY_VERIFY(run.out.endsWith('\n'));
    process_->kill();
    QTRY_COMPARE_WITH_TIMEOUT(lost.count(), 1, 10000);
    QVERIFY(run.error.has_value());
    const auto ping = answerOf(agent_->ping());
    QVERIFY(!ping);
    QCOMPARE(ping.error().code, ErrorCode::Unavailable);
    ::kill(-run.out.trimmed().toInt(), SIGKILL);
  }

 private:
  QTemporaryDir folder_;
  SerialGuestAgents agents_;
  std::unique_ptr<AgentProcess> process_;
  std::shared_ptr<GuestAgent> agent_;
};

QTEST_GUILESS_MAIN(SerialGuestAgentTest)
#include "serialguestagenttest.moc"
