// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QRegularExpression>

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class IdleWorkTest : public QObject {
  Q_OBJECT

 private slots:
  void standsStillWhileAnOperationRuns();
  void waitsForQuietAfterwards();
  void standsStillUntilTheLastOperationHasEnded();
  void isHeldWhileAMachineIsPrepared();
  void aMachineThatIsBeingPreparedGivesWay();
};

namespace {

struct IdleRig : EngineRig {
  IdleRig() {
    config.backgroundQuiet = std::chrono::milliseconds(1);
    config.waitingQuiet = std::chrono::milliseconds(1);
    config.hostMemory = [] { return HostMemory{16LL << 30, 12LL << 30, 0}; };
  }
  [[nodiscard]] bool rests() {
    return QTest::qWaitFor([this] { return !snapshots.backgroundIsHeld; });
  }
};

}  // namespace

void IdleWorkTest::standsStillWhileAnOperationRuns() {
  IdleRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info && rig.rests());
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  QVERIFY(rig.rests());
  rig.script.hold("snapshots.checkOut");
  const auto resumed = rig.engine->sandboxes().resume(info->id);
  // At once, before anything of the resume is done.
  QVERIFY(rig.snapshots.backgroundIsHeld);
  QTRY_VERIFY(rig.script.isHeld("snapshots.checkOut"));
  QVERIFY(rig.snapshots.backgroundIsHeld);
  rig.script.release("snapshots.checkOut");
  QVERIFY(succeeds(resumed));
  QVERIFY(rig.rests());
}

void IdleWorkTest::waitsForQuietAfterwards() {
  IdleRig rig;
  rig.config.backgroundQuiet = std::chrono::hours(1);
  QVERIFY(rig.startWithBase());
  QVERIFY(rig.create());
  QTest::qWait(20);
  QVERIFY(rig.snapshots.backgroundIsHeld);
}

void IdleWorkTest::standsStillUntilTheLastOperationHasEnded() {
  IdleRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info && rig.rests());
  rig.script.hold("hypervisor.restore");
  const auto other = rig.engine->sandboxes().create(sandboxSpec());
  QVERIFY(succeeds(rig.engine->sandboxes().remove(info->id)));
  QTest::qWait(20);
  QVERIFY(rig.snapshots.backgroundIsHeld);
  rig.script.release("hypervisor.restore");
  QVERIFY(succeeds(other));
  QVERIFY(rig.rests());
}

void IdleWorkTest::isHeldWhileAMachineIsPrepared() {
  IdleRig rig;
  rig.config.waitingMachines = 1;
  QVERIFY(rig.startWithBase());
  rig.agents.finishesAtOnce = false;
  QVERIFY(rig.create());
  QTRY_COMPARE(rig.hypervisor.processes.size(), 2U);
  QTest::qWait(20);
  QVERIFY(rig.snapshots.backgroundIsHeld);
  rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("No machine could be made to wait")));
  QVERIFY(rig.rests());
}

void IdleWorkTest::aMachineThatIsBeingPreparedGivesWay() {
  IdleRig rig;
  rig.config.waitingMachines = 1;
  QVERIFY(rig.startWithBase());
  rig.agents.finishesAtOnce = false;
  const auto info = rig.create();
  QVERIFY(info);
  QTRY_COMPARE(rig.hypervisor.processes.size(), 2U);
  rig.script.hold("snapshots.commit");
  const auto paused = rig.engine->sandboxes().pause(info->id);
  // While the pause is under way, and nothing is begun instead.
  QTRY_COMPARE(rig.hypervisor.processes.size(), 1U);
  QTRY_COMPARE(rig.snapshots.workDirectories.size(), 1U);
  QTest::qWait(20);
  QCOMPARE(rig.hypervisor.processes.size(), 1U);
  rig.agents.finishesAtOnce = true;
  rig.script.release("snapshots.commit");
  QVERIFY(succeeds(paused));
  QTRY_COMPARE(rig.engine->machineDeadlines().size(), 1U);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::IdleWorkTest)
#include "idleworktest.moc"
