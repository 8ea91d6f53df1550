// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class PauseSandboxTest : public QObject {
  Q_OBJECT

 private slots:
  void endsTheMachineAndKeepsASnapshot();
  void theMachineRunsOnWhenAStepFails_data();
  void theMachineRunsOnWhenAStepFails();
  void theMachineRunsOnWhenTheGuestWaitsForItsDisk();
  void isSavedWhenTheDiskIsFullOnceItStandsStill();
  void isSavedAsItIsWhenTheAgentDoesNotComeToRest_data();
  void isSavedAsItIsWhenTheAgentDoesNotComeToRest();
  void anAgentThatDoesNotAnswerCostsNoMachine();
  void failsTheSandboxWhenTheMachineCannotRunOn();
  void failsTheSandboxWhenTheMachineEndsMeanwhile();
  void cancelledBeforeTheSnapshotItRunsOn();
  void removesTheSnapshotBeforeOnlyAfterTheNewOneIsWrittenDown();
  void keepsTheSnapshotBeforeWhenTheRowCannotBeWritten();
  void isRefusedUnlessActive();
  void aSecondRequestInTheSameBreathIsRefused();
  void runningCommandsEndWithAReason();
};

namespace {

/// One active sandbox on an engine.
struct Paused {
  EngineRig rig;
  std::optional<SandboxInfo> info;
  bool ready() {
    if (!rig.startWithBase()) return false;
    info = rig.create();
    rig.announced.clear();
    rig.script.forget();
    return info.has_value();
  }
  Pending<void> pause() { return rig.engine->sandboxes().pause(info->id); }
  SandboxInfo now() { return *rig.get(info->id); }
};

}  // namespace

void PauseSandboxTest::endsTheMachineAndKeepsASnapshot() {
  Paused one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.pause()));
  const auto now = one.now();
  QCOMPARE(now.state, SandboxState::Paused);
  QCOMPARE(*now.pausedAt, one.rig.clock.now());
  QVERIFY(one.rig.snapshots.snapshots.contains(now.snapshotId));
  const auto& manifest = one.rig.snapshots.snapshots.at(now.snapshotId);
  QCOMPARE(manifest.agentVersion, std::string("agent-1"));
  QVERIFY(manifest.facts == one.rig.hypervisor.machineFacts);
  QCOMPARE(manifest.contentHash, std::string());
  QVERIFY(one.rig.hypervisor.processes.empty());
  QVERIFY(one.rig.snapshots.workDirectories.empty());
  QCOMPARE(one.rig.announced, (std::vector<SandboxState>{SandboxState::Pausing, SandboxState::Paused}));
  const auto& row = one.rig.sandboxStore.rows.at(now.id);
  QCOMPARE(row.info, now);
  QVERIFY(row.pendingSnapshotId.empty());
  QVERIFY(!row.machine);
  QVERIFY(!row.resumeAtStart);
}

void PauseSandboxTest::theMachineRunsOnWhenAStepFails_data() {
  QTest::addColumn<QString>("call");
  for (const auto* call : {"machine.standStill", "machine.saveState", "snapshots.commit"}) {
    QTest::newRow(call) << QString::fromLatin1(call);
  }
}

void PauseSandboxTest::theMachineRunsOnWhenAStepFails() {
  QFETCH(QString, call);
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.failAt(call.toStdString(), 1, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(one.pause()).code, ErrorCode::StorageFull);
  const auto now = one.now();
  QCOMPARE(now.state, SandboxState::Active);
  QVERIFY(now.problem.find("no space") != std::string::npos);
  QCOMPARE(one.rig.hypervisor.processes.size(), 1U);
  QVERIFY(one.rig.hypervisor.processes.begin()->second.running);
  QVERIFY(one.rig.sandboxStore.rows.at(now.id).pendingSnapshotId.empty());
  // Its agent was told the time again, and it can be used and paused as before.
  QCOMPARE(one.rig.script.count("agent.assume"), 1);
  QVERIFY(succeeds(one.pause()));
  QCOMPARE(one.now().problem, std::string());
}

void PauseSandboxTest::isSavedAsItIsWhenTheAgentDoesNotComeToRest_data() {
  QTest::addColumn<bool>("silent");
  QTest::newRow("no answer") << true;
  QTest::newRow("refused") << false;
}

void PauseSandboxTest::isSavedAsItIsWhenTheAgentDoesNotComeToRest() {
  QFETCH(bool, silent);
  Paused one;
  QVERIFY(one.ready());
  if (silent) {
    one.rig.script.hold("agent.settle");
  } else {
    one.rig.script.failAt("agent.settle", 1);
  }
  QVERIFY(succeeds(one.pause()));
  QCOMPARE(one.now().state, SandboxState::Paused);
}

void PauseSandboxTest::anAgentThatDoesNotAnswerCostsNoMachine() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.failAt("snapshots.commit", 1, Error{ErrorCode::StorageFull, "no space", {}, {}});
  one.rig.script.hold("agent.assume");
  QCOMPARE(errorOf(one.pause()).code, ErrorCode::StorageFull);
  QCOMPARE(one.now().state, SandboxState::Active);
  QCOMPARE(one.rig.hypervisor.processes.size(), 1U);
  QVERIFY(one.rig.hypervisor.processes.begin()->second.running);
}

void PauseSandboxTest::theMachineRunsOnWhenTheGuestWaitsForItsDisk() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.hold("agent.settle");
  // Nor would it answer anything else.
  one.rig.script.hold("agent.assume");
  const auto pausing = one.pause();
  QTRY_VERIFY(one.rig.script.isHeld("agent.settle"));
  emit one.rig.hypervisor.last->outOfSpace();
  QCOMPARE(errorOf(pausing).code, ErrorCode::StorageFull);
  QCOMPARE(one.now().state, SandboxState::Active);
  QVERIFY(one.now().problem.find("disk of this computer is full") != std::string::npos);
  QCOMPARE(one.rig.hypervisor.processes.size(), 1U);
  one.rig.script.release("agent.settle");
  one.rig.script.release("agent.assume");
  QVERIFY(succeeds(one.pause()));
  QCOMPARE(one.now().state, SandboxState::Paused);
}

void PauseSandboxTest::isSavedWhenTheDiskIsFullOnceItStandsStill() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.hold("machine.saveState");
  const auto pausing = one.pause();
  QTRY_COMPARE(one.rig.script.count("machine.saveState"), 1);
  emit one.rig.hypervisor.last->outOfSpace();
  one.rig.script.release("machine.saveState");
  QVERIFY(succeeds(pausing));
  QCOMPARE(one.now().state, SandboxState::Paused);
}

void PauseSandboxTest::failsTheSandboxWhenTheMachineCannotRunOn() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.failAt("snapshots.commit", 1);
  one.rig.script.failAt("machine.run", 1, Error{ErrorCode::Internal, "It does not run.", {}, {}});
  (void)errorOf(one.pause());
  const auto now = one.now();
  QCOMPARE(now.state, SandboxState::Failed);
  QVERIFY(now.problem.find("It does not run.") != std::string::npos);
  QVERIFY(succeeds(one.rig.engine->sandboxes().remove(now.id)));
  QCOMPARE(one.rig.litter(), std::string());
}

void PauseSandboxTest::failsTheSandboxWhenTheMachineEndsMeanwhile() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.hold("machine.saveState");
  const auto pausing = one.pause();
  QTRY_VERIFY(one.rig.script.isHeld("machine.saveState"));
  one.rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QCOMPARE(errorOf(pausing).code, ErrorCode::Gone);
  QCOMPARE(one.now().state, SandboxState::Failed);
  QVERIFY(one.now().problem.find("It was killed.") != std::string::npos);
}

void PauseSandboxTest::cancelledBeforeTheSnapshotItRunsOn() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.script.hold("machine.saveState");
  const auto pausing = one.pause();
  QTRY_VERIFY(one.rig.script.isHeld("machine.saveState"));
  const auto cancelling = one.rig.engine->sandboxes().cancel(one.rig.progress.back().operation);
  one.rig.script.release("machine.saveState");
  QVERIFY(succeeds(cancelling));
  QCOMPARE(errorOf(pausing).code, ErrorCode::Cancelled);
  QCOMPARE(one.now().state, SandboxState::Active);
  QCOMPARE(one.rig.snapshots.snapshots.size(), 1U);
}

void PauseSandboxTest::removesTheSnapshotBeforeOnlyAfterTheNewOneIsWrittenDown() {
  Paused one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.pause()));
  const auto first = one.now().snapshotId;
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  QVERIFY(one.rig.snapshots.snapshots.contains(first));
  one.rig.script.hold("snapshots.remove");
  const auto pausing = one.pause();
  QTRY_VERIFY(one.rig.script.isHeld("snapshots.remove"));
  QVERIFY(one.rig.sandboxStore.rows.at(one.info->id).info.snapshotId != first);
  one.rig.script.release("snapshots.remove");
  QVERIFY(succeeds(pausing));
  QVERIFY(!one.rig.snapshots.snapshots.contains(first));
  QCOMPARE(one.rig.snapshots.snapshots.size(), 2U);
}

void PauseSandboxTest::keepsTheSnapshotBeforeWhenTheRowCannotBeWritten() {
  Paused one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.pause()));
  const auto first = one.now().snapshotId;
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  one.rig.script.failAt("store.save", 2, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QVERIFY(succeeds(one.pause()));
  // It is paused whether or not that could be written; the row still names what there was before.
  QCOMPARE(one.now().state, SandboxState::Paused);
  QVERIFY(!one.now().problem.empty());
  QVERIFY(one.rig.snapshots.snapshots.contains(first));
  const auto& row = one.rig.sandboxStore.rows.at(one.info->id);
  QCOMPARE(row.info.state, SandboxState::Pausing);
  QCOMPARE(row.pendingSnapshotId, one.now().snapshotId);
  // And an engine that starts from that row comes to the same.
  const auto second = one.now().snapshotId;
  one.rig.kill();
  QVERIFY(one.rig.start());
  QCOMPARE(one.now().state, SandboxState::Paused);
  QCOMPARE(one.now().snapshotId, second);
}

void PauseSandboxTest::isRefusedUnlessActive() {
  Paused one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.pause()));
  const auto error = errorOf(one.pause());
  QCOMPARE(error.code, ErrorCode::Conflict);
  QVERIFY(error.message.find("paused") != std::string::npos);
  QCOMPARE(errorOf(one.rig.engine->sandboxes().pause(sandboxId(9))).code, ErrorCode::NotFound);
}

void PauseSandboxTest::aSecondRequestInTheSameBreathIsRefused() {
  Paused one;
  QVERIFY(one.ready());
  const auto first = one.pause();
  const auto second = one.pause();
  QCOMPARE(errorOf(second).code, ErrorCode::Conflict);
  QVERIFY(succeeds(first));
  QCOMPARE(one.rig.script.count("snapshots.commit"), 1);
}

void PauseSandboxTest::runningCommandsEndWithAReason() {
  Paused one;
  QVERIFY(one.ready());
  one.rig.agents.last->finishesAtOnce = false;
  const auto session = one.rig.engine->exec().run(one.info->id, ExecRequest{"sleep 9", {}, {}, {}, {}, false});
  std::vector<Error> errors;
  connect(session.get(), &ExecSession::failed, this, [&](const Error& error) { errors.push_back(error); });
  QVERIFY(succeeds(one.pause()));
  QTRY_COMPARE(errors.size(), 1U);
  QCOMPARE(errors[0].code, ErrorCode::NotRunning);
  const auto late = one.rig.engine->exec().run(one.info->id, ExecRequest{"true", {}, {}, {}, {}, false});
  connect(late.get(), &ExecSession::failed, this, [&](const Error& error) { errors.push_back(error); });
  QTRY_COMPARE(errors.size(), 2U);
  QCOMPARE(errors[1].code, ErrorCode::NotRunning);
  QCOMPARE(errors[1].message, std::string("sandbox is paused"));
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::PauseSandboxTest)
#include "pausesandboxtest.moc"
