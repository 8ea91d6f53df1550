// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes wrong on real machines: each fault ends in a true state, a sentence, no orphan process or file, and no lost earlier
// state.

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/sandboxjson.h"

using namespace terrarium;

class FaultsTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
  }

  void killedMachineIsToldAsFailed() {
    const auto box = made("killed");
    const auto pids = engine_->machinePids();
    QCOMPARE(pids.size(), 1);
    QCOMPARE(::kill(static_cast<pid_t>(pids.first()), SIGKILL), 0);
    QVERIFY(engine_->waitForPhase(idOf(box), QStringLiteral("failed"), 10000));
    QVERIFY(!text(engine_->sandbox(idOf(box)), "problem").isEmpty());
    removed(box);
  }

  void guestPanicIsToldAsFailed() {
    const auto box = made("panic");
    engine_->fire("POST", pathOf(box) + QStringLiteral("/exec"),
                  R"({"command":"echo 1 > /proc/sys/kernel/sysrq; echo c > /proc/sysrq-trigger"})");
    QVERIFY(engine_->waitForPhase(idOf(box), QStringLiteral("failed"), 20000));
    QVERIFY2(text(engine_->sandbox(idOf(box)), "problem").contains(QStringLiteral("panic")),
             qPrintable(text(engine_->sandbox(idOf(box)), "problem")));
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    removed(box);
  }

  void frozenGuestDoesNotHangTheEngine() {
    const auto box = made("frozen");
    const auto pid = static_cast<pid_t>(engine_->machinePids().first());
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    QElapsedTimer timer;
    timer.start();
    const auto paused = engine_->call("POST", pathOf(box) + QStringLiteral("/pause"));
    QVERIFY(timer.elapsed() < 30000);
    QVERIFY2(paused.status >= 400, paused.body);
    QVERIFY(!paused.errorMessage().isEmpty());
    ::kill(pid, SIGCONT);  // the engine may have ended it for good
    const auto phase = text(engine_->sandbox(idOf(box)), "phase");
    QVERIFY2(phase == QStringLiteral("failed") || phase == QStringLiteral("active"), qPrintable(phase));
    removed(box);
  }

  void engineCrashLosesNoRunningSandbox() {
    const auto box = made("survivor");
    engine_->exec(box, QStringLiteral("echo precious > /dev/shm/ram; echo precious > /root/disk; sync"));
    QVERIFY2(engine_->crashAndComeBack(), engine_->log());
    QVERIFY2(engine_->waitForPhase(idOf(box), QStringLiteral("active")), engine_->log());
    const auto ran = engine_->exec(engine_->sandbox(idOf(box)), QStringLiteral("cat /dev/shm/ram /root/disk"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("precious\nprecious\n"));
    QCOMPARE(engine_->machinePids().size(), 1);
    removed(box);
  }

  void engineCrashDuringCreateLeavesNothing_data() { delays(); }
  void engineCrashDuringCreateLeavesNothing() {
    QFETCH(int, delayMs);
    engine_->fire("POST", QStringLiteral("/sandboxes"), R"({"name":"half"})");
    letPass(delayMs);
    QVERIFY2(engine_->crashAndComeBack(), engine_->log());
    // Either it never was (its client got no answer), or it had been finished.
    const auto settled = [&] {
      const auto list = engine_->call("GET", QStringLiteral("/sandboxes")).array();
      return list.isEmpty() || (list.size() == 1 && text(list.first().toObject(), "phase") == QStringLiteral("active"));
    };
    QVERIFY2(QTest::qWaitFor(settled, 30000), engine_->call("GET", QStringLiteral("/sandboxes")).body);
    const auto left = engine_->call("GET", QStringLiteral("/sandboxes")).array();
    QCOMPARE(engine_->machinePids().size(), left.size());
    for (const auto& box : left) removed(box.toObject());
    nothingIsLeft();
  }

  void engineCrashDuringPauseKeepsTheSandbox_data() { delays(); }
  void engineCrashDuringPauseKeepsTheSandbox() {
    QFETCH(int, delayMs);
    crashDuring("pause", delayMs);
  }

  void engineCrashDuringResumeKeepsTheSandbox_data() { delays(); }
  void engineCrashDuringResumeKeepsTheSandbox() {
    QFETCH(int, delayMs);
    crashDuring("resume", delayMs);
  }

  void engineCrashDuringDeleteEndsInATrueState_data() { delays(); }
  void engineCrashDuringDeleteEndsInATrueState() {
    QFETCH(int, delayMs);
    const auto box = made("doomed");
    engine_->fire("DELETE", pathOf(box));
    letPass(delayMs);
    QVERIFY2(engine_->crashAndComeBack(), engine_->log());
    const auto settled = [&] {
      const auto reply = engine_->call("GET", pathOf(box));
      return reply.status == 404 || text(reply.object(), "phase") == QStringLiteral("active");
    };
    QVERIFY2(QTest::qWaitFor(settled, 30000), engine_->call("GET", pathOf(box)).body);
    if (engine_->call("GET", pathOf(box)).status != 404) removed(box);
    nothingIsLeft();
  }

  void deadlineThatPassedWhileTheEngineWasDownCounts() {
    const auto box =
        engine_->create({{QStringLiteral("name"), QStringLiteral("late")}, {QStringLiteral("timeout_seconds"), 4}}).object();
    QCOMPARE(engine_->stop(), 0);
    letPass(4500);
    QVERIFY2(engine_->start(), engine_->log());
    QCOMPARE(engine_->call("GET", pathOf(box)).status, 404);
    nothingIsLeft();
  }

  void damagedSnapshotIsRefusedAndTheOldStateKept() {
    const auto box = made("damaged");
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    const auto snapshot = home_.path() + QStringLiteral("/data/snapshots/") + text(engine_->sandbox(idOf(box)), "snapshot_id");
    QFile state(snapshot + QStringLiteral("/state"));
    QVERIFY2(state.exists(), qPrintable(snapshot));
    QVERIFY(state.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    QVERIFY(state.open(QIODevice::ReadWrite));
    const auto intact = state.readAll();
    state.seek(intact.size() / 2);
    state.write("damage");
    state.close();
    const auto refused = engine_->call("POST", pathOf(box) + QStringLiteral("/resume"));
    QVERIFY2(refused.status >= 400 && !refused.errorMessage().isEmpty(), refused.body);
    QCOMPARE(text(engine_->sandbox(idOf(box)), "status"), QStringLiteral("paused"));
    QVERIFY(state.open(QIODevice::ReadWrite));
    state.write(intact);
    state.close();
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    removed(box);
  }

  void cleanupTestCase() { engine_.reset(); }

 private:
  static void delays() {
    QTest::addColumn<int>("delayMs");
    for (const int delay : {0, 5, 20, 60, 150}) QTest::addRow("after %d ms", delay) << delay;
  }

  /// Lets time pass while answers may arrive. The moment of a crash is the very thing these tests vary.
  static void letPass(int milliseconds) { QTest::qWait(milliseconds); }

  QJsonObject made(const char* name) {
    const auto reply = engine_->create({{QStringLiteral("name"), QLatin1String(name)}});
    if (reply.status != 201) qWarning() << reply.body << engine_->log();
    return reply.object();
  }

  void removed(const QJsonObject& box) {
    const auto reply = engine_->call("DELETE", pathOf(box));
    QVERIFY2(reply.status == 204, reply.body);
    QTRY_COMPARE(engine_->machinePids().size(), 0);
  }

  void nothingIsLeft() {
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QTRY_VERIFY(QDir(home_.path() + QStringLiteral("/data/sandboxes")).isEmpty());
    QTRY_COMPARE(QDir(home_.path() + QStringLiteral("/data/snapshots")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
  }

  void crashDuring(const char* verb, int delayMs) {
    const auto box = made("crash");
    engine_->exec(box, QStringLiteral("echo precious > /dev/shm/ram; echo precious > /root/disk; sync"));
    if (qstrcmp(verb, "resume") == 0) QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    engine_->fire("POST", pathOf(box) + QLatin1Char('/') + QLatin1String(verb));
    letPass(delayMs);
    QVERIFY2(engine_->crashAndComeBack(), engine_->log());
    const auto settled = [&] {
      const auto phase = text(engine_->sandbox(idOf(box)), "phase");
      return phase == QStringLiteral("active") || phase == QStringLiteral("paused");
    };
    QVERIFY2(QTest::qWaitFor(settled, 30000), engine_->log());
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/activate")).status, 200);
    const auto ran = engine_->exec(engine_->sandbox(idOf(box)), QStringLiteral("cat /dev/shm/ram /root/disk"));
    QVERIFY2(text(ran.object(), "stdout") == QStringLiteral("precious\nprecious\n"), ran.body);
    QCOMPARE(engine_->machinePids().size(), 1);
    removed(box);
    nothingIsLeft();
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-faults-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
};

QTEST_GUILESS_MAIN(FaultsTest)
#include "faultstest.moc"
