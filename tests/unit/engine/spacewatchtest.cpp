// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class SpaceWatchTest : public QObject {
  Q_OBJECT

 private slots:
  void pausesWhatRunsBeforeTheDiskIsFull();
  void doesNotAskTheGuestFirst();
  void leavesAllAloneWhileThereIsRoom();
};

void SpaceWatchTest::pausesWhatRunsBeforeTheDiskIsFull() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto first = rig.create(sandboxRequest());
  const auto second = rig.create(sandboxRequest());
  QVERIFY(first && second);
  rig.snapshots.free = rig.config.littleSpace - 1;
  QTRY_COMPARE(rig.get(first->id)->state, SandboxState::Paused);
  QTRY_COMPARE(rig.get(second->id)->state, SandboxState::Paused);
  QVERIFY(rig.get(first->id)->problem.find("disk") != std::string::npos);
  rig.snapshots.free = rig.config.littleSpace;
  QVERIFY(succeeds(rig.engine->sandboxes().resume(first->id)));
  QCOMPARE(rig.get(first->id)->problem, std::string());
}

void SpaceWatchTest::doesNotAskTheGuestFirst() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create(sandboxRequest());
  QVERIFY(info);
  rig.script.forget();
  rig.snapshots.free = 0;
  QTRY_COMPARE(rig.get(info->id)->state, SandboxState::Paused);
  QCOMPARE(rig.script.count("agent.settle"), 0);
}

void SpaceWatchTest::leavesAllAloneWhileThereIsRoom() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create(sandboxRequest());
  QVERIFY(info);
  rig.snapshots.free = rig.config.littleSpace;
  QTRY_VERIFY(rig.snapshots.looks >= 3);
  QCOMPARE(rig.get(info->id)->state, SandboxState::Active);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::SpaceWatchTest)
#include "spacewatchtest.moc"
