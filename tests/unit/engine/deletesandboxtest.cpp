// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSignalSpy>

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class DeleteSandboxTest : public QObject {
  Q_OBJECT

 private slots:
  void leavesNothing_data();
  void leavesNothing();
  void isRefusedInATransition();
  void filesThatResistDoNotKeepItAlive();
  void canBeRepeatedWhenTheRowCouldNotBeErased();
  void runningCommandsEnd();
};

void DeleteSandboxTest::leavesNothing_data() {
  QTest::addColumn<SandboxState>("state");
  QTest::newRow("active") << SandboxState::Active;
  QTest::newRow("paused") << SandboxState::Paused;
  QTest::newRow("failed") << SandboxState::Failed;
}

void DeleteSandboxTest::leavesNothing() {
  QFETCH(SandboxState, state);
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  // With a snapshot it would go back to that.
  if (state != SandboxState::Failed) QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  if (state == SandboxState::Active) QVERIFY(succeeds(rig.engine->sandboxes().resume(info->id)));
  if (state == SandboxState::Failed) rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QTRY_COMPARE(rig.get(info->id)->state, state);
  QSignalSpy removed(&rig.engine->events(), &Events::sandboxRemoved);
  QVERIFY(succeeds(rig.engine->sandboxes().remove(info->id)));
  QCOMPARE(removed.size(), 1);
  QCOMPARE(rig.litter(), std::string());
  QCOMPARE(errorOf(rig.engine->sandboxes().remove(info->id)).code, ErrorCode::NotFound);
}

void DeleteSandboxTest::isRefusedInATransition() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.script.hold("snapshots.commit");
  const auto pausing = rig.engine->sandboxes().pause(info->id);
  QTRY_VERIFY(rig.script.isHeld("snapshots.commit"));
  QCOMPARE(errorOf(rig.engine->sandboxes().remove(info->id)).code, ErrorCode::Conflict);
  rig.script.release("snapshots.commit");
  QVERIFY(succeeds(pausing));
  QVERIFY(succeeds(rig.engine->sandboxes().remove(info->id)));
}

void DeleteSandboxTest::filesThatResistDoNotKeepItAlive() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.script.failAlways("snapshots.removeWorkDirectory");
  rig.script.failAlways("snapshots.remove");
  QVERIFY(succeeds(rig.engine->sandboxes().remove(info->id)));
  QVERIFY(rig.list().empty());
  QVERIFY(rig.sandboxStore.rows.empty());
  QVERIFY(rig.hypervisor.processes.empty());
  rig.script.forget();
  rig.kill();
  QVERIFY(rig.start());
  QCOMPARE(rig.litter(), std::string());
}

void DeleteSandboxTest::canBeRepeatedWhenTheRowCouldNotBeErased() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.script.failAt("store.erase", 1, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(rig.engine->sandboxes().remove(info->id)).code, ErrorCode::StorageFull);
  QCOMPARE(rig.get(info->id)->state, SandboxState::Deleting);
  QVERIFY(succeeds(rig.engine->sandboxes().remove(info->id)));
  QCOMPARE(rig.litter(), std::string());
}

void DeleteSandboxTest::runningCommandsEnd() {
  EngineRig rig;
  rig.agents.finishesAtOnce = true;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.agents.last->finishesAtOnce = false;
  const auto session = rig.engine->exec().run(info->id, ExecRequest{"sleep 9", {}, {}, {}, {}, false});
  std::vector<Error> errors;
  connect(session.get(), &ExecSession::failed, this, [&](const Error& error) { errors.push_back(error); });
  QVERIFY(succeeds(rig.engine->sandboxes().remove(info->id)));
  QTRY_COMPARE(errors.size(), 1U);
  QCOMPARE(errors[0].code, ErrorCode::NotFound);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::DeleteSandboxTest)
#include "deletesandboxtest.moc"
