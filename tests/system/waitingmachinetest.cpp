// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A real machine that waits for the next create: taken, orphaned by a crash, ended with the engine.

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "tests/system/support/liveengine.h"

using namespace terrarium;

class WaitingMachineTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    engine_->environment().insert(QStringLiteral("TERRARIUM_WAITING"), QStringLiteral("1"));
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
    QCOMPARE(engine_->create({{QStringLiteral("name"), QStringLiteral("first")}}).status, 201);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 60000);
    QCOMPARE(engine_->machinePids().size(), 2);
  }

  void theNextCreateIsThatMachine() {
    const auto before = engine_->machinePids();
    const auto created = engine_->create({{QStringLiteral("name"), QStringLiteral("second")},
                                          {QStringLiteral("env_vars"), QJsonObject{{QStringLiteral("OWN"), QStringLiteral("1")}}}});
    QCOMPARE(created.status, 201);
    const auto ran = engine_->exec(created.object(), QStringLiteral("hostname; echo $OWN; date +%s"));
    const auto lines = ran.object().value(QLatin1String("stdout")).toString().split(QLatin1Char('\n'));
    const auto id = created.object().value(QLatin1String("id")).toString();
    QCOMPARE(lines.value(0), QStringLiteral("sandbox-") + id.left(8));
    QCOMPARE(lines.value(1), QStringLiteral("1"));
    QVERIFY(qAbs(lines.value(2).toLongLong() - QDateTime::currentSecsSinceEpoch()) <= 3);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 60000);
    const auto after = engine_->machinePids();
    QCOMPARE(after.size(), 3);
    for (const auto pid : before) QVERIFY(after.contains(pid));
  }

  void aCrashLeavesNoOrphan() {
    const auto before = engine_->machinePids();
    QVERIFY2(engine_->crashAndComeBack(), engine_->log());
    for (const auto& box : engine_->call("GET", QStringLiteral("/sandboxes")).array()) {
      QVERIFY(engine_->waitForPhase(box.toObject().value(QLatin1String("id")).toString(), QStringLiteral("active")));
    }
    const auto after = engine_->machinePids();
    QCOMPARE(after.size(), 2);
    for (const auto pid : before) QVERIFY(!after.contains(pid));
    QCOMPARE(QDir(home_.path() + QStringLiteral("/data/sandboxes")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
  }

  void endsWithTheEngine() {
    QCOMPARE(engine_->create({{QStringLiteral("name"), QStringLiteral("third")}}).status, 201);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 60000);
    QCOMPARE(engine_->stop(), 0);
    QCOMPARE(engine_->machinePids().size(), 0);
    QVERIFY(QDir(home_.path() + QStringLiteral("/data/sandboxes")).isEmpty());
  }

  void cleanupTestCase() { engine_.reset(); }

 private:
  int waiting() {
    return engine_->call("GET", QStringLiteral("/local/host")).object().value(QLatin1String("waiting_machines")).toInt();
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-waiting-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
};

QTEST_GUILESS_MAIN(WaitingMachineTest)
#include "waitingmachinetest.moc"
