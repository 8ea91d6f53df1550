// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "app/engine/credentials.h"
#include "app/engine/deadlineledger.h"
#include "app/engine/exitcodes.h"
#include "app/engine/instancelock.h"
#include "app/engine/supervisor.h"

using namespace terrarium;

class SupervisorTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QVERIFY(directory_.isValid()); }

  void engineThatFailsIsStartedAgainUntilItStopsByItself() {
    const auto pid = supervise("echo started >> $1; test $(wc -l < $1) -ge 3");
    QCOMPARE(exitCodeOf(pid), kExitStopped);
    QCOMPARE(linesOf("log"), 3);
  }

  void engineThatIsKilledIsStartedAgain() {
    const auto pid = supervise("echo started >> $1; test $(wc -l < $1) -ge 2 || kill -9 $$");
    QCOMPARE(exitCodeOf(pid), kExitStopped);
    QCOMPARE(linesOf("log"), 2);
  }

  void engineThatCannotStartIsLeftAlone_data() {
    QTest::addColumn<int>("code");
    QTest::newRow("usage") << kExitUsage;
    QTest::newRow("already running") << kExitAlreadyRunning;
    QTest::newRow("cannot start") << kExitCannotStart;
  }
  void engineThatCannotStartIsLeftAlone() {
    QFETCH(int, code);
    const auto pid = supervise("echo started >> $1; exit " + QByteArray::number(code));
    QCOMPARE(exitCodeOf(pid), code);
    QCOMPARE(linesOf("log"), 1);
  }

  void stopIsHandedOnToTheEngine() {
    const auto pid = supervise("trap 'echo stopped >> $1; exit 0' TERM; echo started >> $1; while :; do sleep 0.05; done");
    QTRY_COMPARE(linesOf("log"), 1);
    QCOMPARE(::kill(pid, SIGTERM), 0);
    QCOMPARE(exitCodeOf(pid), kExitStopped);
    QCOMPARE(linesOf("log"), 2);
  }

  void overdueMachineIsEndedWhileThereIsNoEngine() {
    QProcess machine;
    machine.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("read x"), QStringLiteral("cookie-0123456789")});
    QVERIFY(machine.waitForStarted());
    const DeadlineLedger ledger(path("ledger").toStdString());
    QVERIFY(ledger.write({{0, machine.processId(), "cookie-0123456789"}}));
    const auto pid = supervise("exit 1");  // an engine that never comes up
    QTRY_COMPARE(machine.state(), QProcess::NotRunning);
    QCOMPARE(machine.exitStatus(), QProcess::CrashExit);
    QCOMPARE(::kill(pid, SIGTERM), 0);
    exitCodeOf(pid);
  }

  void machinesThatAreNotDueOrNotOursAreLeftAlone() {
    QProcess machine;
    machine.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("read x"), QStringLiteral("cookie-0123456789")});
    QVERIFY(machine.waitForStarted());
    const DeadlineLedger ledger(path("ledger").toStdString());
    QVERIFY(ledger.write({{0, machine.processId(), "another-cookie"}, {4102444800, machine.processId(), "cookie-0123456789"}}));
    QCOMPARE(ledger.read().size(), std::size_t{2});
    QCOMPARE(ledger.endOverdueMachines(std::chrono::system_clock::now()), 0);
    QCOMPARE(machine.state(), QProcess::Running);
    machine.closeWriteChannel();
    QVERIFY(machine.waitForFinished());
  }

  void damagedLedgerLinesAreLeftOut() {
    QFile file(path("ledger"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nonsense\n12\n5 1 cookie-0123456789\n5 77 short\n5 77 cookie-0123456789 trailing\n");
    file.close();
    const auto entries = DeadlineLedger(path("ledger").toStdString()).read();
    QCOMPARE(entries.size(), std::size_t{1});
    QCOMPARE(entries.front(), (DeadlineLedger::Entry{5, 77, "cookie-0123456789"}));
  }

  void keysAreMadeOnceAndArePrivate() {
    const auto first = Credentials::loadOrCreate(path("keys"));
    QVERIFY(first.has_value());
    QCOMPARE(first->tokenSeed.size(), qsizetype{32});
    QCOMPARE(Credentials::loadOrCreate(path("keys"))->apiKey, first->apiKey);
    QCOMPARE(QFile::permissions(path("keys")) & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions{});
  }

  void damagedKeysAreKeptAside() {
    QFile file(path("keys"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"api_key\":");
    file.close();
    QVERIFY(Credentials::loadOrCreate(path("keys")).has_value());
    QVERIFY(QFile::exists(path("keys.damaged")));
  }

  void secondInstanceIsRefused() {
    InstanceLock first;
    InstanceLock second;
    QVERIFY(first.acquire(path("lock")).has_value());
    const auto refused = second.acquire(path("lock"));
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
  }

  void cleanup() {
    for (const auto* name : {"log", "ledger", "keys", "keys.damaged"}) QFile::remove(path(name));
  }

 private:
  [[nodiscard]] QString path(const char* name) const { return directory_.filePath(QLatin1String(name)); }

  /// A process that supervises a shell script in place of the engine; "$1" in the script is the log file.
  [[nodiscard]] pid_t supervise(const QByteArray& script) const {
    const auto log = path("log").toStdString();
    const auto ledger = path("ledger").toStdString();
    const auto pid = ::fork();
    if (pid == 0) {
      Supervisor supervisor("/bin/sh", {"sh", "-c", script.toStdString(), "engine", log}, ledger);
      ::_exit(supervisor.run());
    }
    return pid;
  }

  static int exitCodeOf(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  [[nodiscard]] int linesOf(const char* name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : 0;
  }

  QTemporaryDir directory_;
};

QTEST_GUILESS_MAIN(SupervisorTest)
#include "supervisortest.moc"
