// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class TakeSnapshotTest : public QObject {
  Q_OBJECT

 private slots:
  void anActiveSandboxGoesOn();
  void aPausedSandboxIsNotWoken();
  void theMachineGoesOnWhenAStepFails_data();
  void theMachineGoesOnWhenAStepFails();
  void aLostMachineEndsIt();
  void oneAtATimeAndNothingElseMeanwhile();
  void notWhileAPauseBegins();
  void theSameKeyTakesNothingNew();
  void aSnapshotOutlivesItsSandboxAndTheEngine();
  void anUnfinishedOneDoesNotOutliveTheEngine();
  void whatIsBeingCopiedIsRemovedAfterwards();
  void aSandboxFromASnapshotInheritsTheEnvironment();
  void theSnapshotOfAPauseWillDo();
  void aDeadlineComesRightAfterASave();
};

namespace {

struct Saved {
  EngineRig rig;
  std::optional<SandboxInfo> info;
  bool ready(const SandboxRequest& request = sandboxRequest()) {
    if (!rig.startWithBase()) return false;
    info = rig.create(request);
    rig.announced.clear();
    rig.script.forget();
    return info.has_value();
  }
  Pending<TakenSnapshot> take(const SnapshotRequest& request = {}) {
    return rig.engine->snapshots().take(info->id, *SnapshotSpec::parse(request));
  }
  std::optional<SnapshotInfo> taken(const SnapshotRequest& request = {}) {
    const auto answer = answerOf(take(request));
    if (!answer || !*answer) return std::nullopt;
    return (*answer)->info;
  }
  std::vector<SnapshotInfo> listed() {
    const auto answer = answerOf(rig.engine->snapshots().list(std::nullopt));
    return answer && *answer ? **answer : std::vector<SnapshotInfo>{};
  }
};

}  // namespace

void TakeSnapshotTest::anActiveSandboxGoesOn() {
  Saved one;
  QVERIFY(one.ready());
  const auto info = one.taken({std::nullopt, "before", std::nullopt});
  QVERIFY(info);
  QCOMPARE(info->status, SnapshotStatus::Ready);
  QCOMPARE(info->name.value(), std::string("before"));
  QCOMPARE(info->sandboxId, one.info->id);
  QCOMPARE(info->sizeBytes, 123'456);
  QVERIFY(one.rig.snapshots.snapshots.contains(info->id.value()));
  QVERIFY(one.rig.snapshotStore.rows.contains(info->id));
  QCOMPARE(one.rig.get(one.info->id)->state, SandboxState::Active);
  QVERIFY(one.rig.announced.empty());
  QVERIFY(one.rig.hypervisor.processes.begin()->second.running);
  QCOMPARE(one.rig.script.count("machine.standStill"), 1);
  QCOMPARE(one.rig.script.count("agent.settle"), 0);
  // It can still be paused.
  QVERIFY(succeeds(one.rig.engine->sandboxes().pause(one.info->id)));
}

void TakeSnapshotTest::aPausedSandboxIsNotWoken() {
  Saved one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.rig.engine->sandboxes().pause(one.info->id)));
  one.rig.script.forget();
  const auto info = one.taken();
  QVERIFY(info);
  QCOMPARE(info->name.value(), one.info->name.value());
  QCOMPARE(one.rig.script.count("snapshots.duplicate"), 1);
  QCOMPARE(one.rig.script.count("hypervisor.restore"), 0);
  QCOMPARE(one.rig.get(one.info->id)->state, SandboxState::Paused);
  QVERIFY(info->id.value() != one.rig.get(one.info->id)->snapshotId);
}

void TakeSnapshotTest::theMachineGoesOnWhenAStepFails_data() {
  QTest::addColumn<std::string>("call");
  for (const auto* call : {"machine.standStill", "machine.saveState", "snapshots.commit", "snapshotStore.save"}) {
    QTest::newRow(call) << std::string(call);
  }
}

void TakeSnapshotTest::theMachineGoesOnWhenAStepFails() {
  QFETCH(std::string, call);
  Saved one;
  QVERIFY(one.ready());
  one.rig.script.failAt(call, 1, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(one.take()).code, ErrorCode::StorageFull);
  QCOMPARE(one.rig.get(one.info->id)->state, SandboxState::Active);
  QVERIFY(one.rig.hypervisor.processes.begin()->second.running);
  QVERIFY(one.listed().empty());
  QCOMPARE(one.rig.snapshots.snapshots.size(), 1U);
  QVERIFY(one.taken());
}

void TakeSnapshotTest::aLostMachineEndsIt() {
  Saved one;
  QVERIFY(one.ready());
  one.rig.script.hold("machine.saveState");
  const auto taking = one.take();
  QTRY_VERIFY(one.rig.script.isHeld("machine.saveState"));
  one.rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QCOMPARE(errorOf(taking).code, ErrorCode::Gone);
  QTRY_COMPARE(one.rig.get(one.info->id)->state, SandboxState::Failed);
  QVERIFY(one.listed().empty());
}

void TakeSnapshotTest::oneAtATimeAndNothingElseMeanwhile() {
  Saved one;
  QVERIFY(one.ready());
  auto& sandboxes = one.rig.engine->sandboxes();
  one.rig.script.hold("machine.saveState");
  const auto taking = one.take();
  QTRY_VERIFY(one.rig.script.isHeld("machine.saveState"));
  QCOMPARE(one.listed().front().status, SnapshotStatus::Creating);
  QCOMPARE(errorOf(one.take()).code, ErrorCode::SnapshotInProgress);
  QCOMPARE(errorOf(sandboxes.fork(one.info->id, *ForkSpec::parse({}))).code, ErrorCode::SnapshotInProgress);
  QCOMPARE(errorOf(sandboxes.pause(one.info->id)).code, ErrorCode::SnapshotInProgress);
  QCOMPARE(errorOf(sandboxes.remove(one.info->id)).code, ErrorCode::SnapshotInProgress);
  QCOMPARE(errorOf(one.rig.engine->snapshots().remove(one.listed().front().id)).code, ErrorCode::SnapshotInProgress);
  one.rig.script.release("machine.saveState");
  QVERIFY(succeeds(taking));
  QVERIFY(succeeds(sandboxes.pause(one.info->id)));
}

void TakeSnapshotTest::notWhileAPauseBegins() {
  Saved one;
  QVERIFY(one.ready());
  // The state that is written is still that before.
  one.rig.script.hold("store.save");
  const auto pausing = one.rig.engine->sandboxes().pause(one.info->id);
  QTRY_VERIFY(one.rig.script.isHeld("store.save"));
  QCOMPARE(errorOf(one.take()).code, ErrorCode::Conflict);
  QCOMPARE(errorOf(one.rig.engine->sandboxes().remove(one.info->id)).code, ErrorCode::Conflict);
  one.rig.script.release("store.save");
  QVERIFY(succeeds(pausing));
}

void TakeSnapshotTest::theSameKeyTakesNothingNew() {
  Saved one;
  QVERIFY(one.ready());
  const auto first = one.taken({std::nullopt, "one", "key"});
  QVERIFY(first);
  const auto again = answerOf(one.take({std::nullopt, "other name", "key"}));
  QVERIFY(again && *again && (*again)->isRepeated);
  QCOMPARE((*again)->info, *first);
  const auto other = answerOf(one.take({std::nullopt, "two", "other key"}));
  QVERIFY(other && *other && !(*other)->isRepeated);
  QCOMPARE(one.listed().size(), 2U);
  one.rig.kill();
  QVERIFY(one.rig.start());
  QCOMPARE((*answerOf(one.take({std::nullopt, std::nullopt, "key"})))->info.id, first->id);
}

void TakeSnapshotTest::aSnapshotOutlivesItsSandboxAndTheEngine() {
  Saved one;
  QVERIFY(one.ready());
  const auto info = one.taken();
  QVERIFY(info);
  QVERIFY(succeeds(one.rig.engine->sandboxes().remove(one.info->id)));
  one.rig.kill();
  QVERIFY(one.rig.start());
  QVERIFY(one.rig.snapshots.snapshots.contains(info->id.value()));
  const auto listed = answerOf(one.rig.engine->snapshots().list(one.info->id));
  QVERIFY(listed && *listed);
  QCOMPARE((*listed)->front(), *info);
  QVERIFY(succeeds(one.rig.engine->snapshots().remove(info->id)));
  QVERIFY(!one.rig.snapshots.snapshots.contains(info->id.value()));
  QCOMPARE(errorOf(one.rig.engine->snapshots().list(one.info->id)).code, ErrorCode::NotFound);
  QCOMPARE(errorOf(one.rig.engine->snapshots().remove(info->id)).code, ErrorCode::NotFound);
}

void TakeSnapshotTest::anUnfinishedOneDoesNotOutliveTheEngine() {
  Saved one;
  QVERIFY(one.ready());
  one.rig.script.hold("snapshotStore.save");
  const auto taking = one.take();
  QTRY_VERIFY(one.rig.script.isHeld("snapshotStore.save"));
  one.rig.kill();
  QVERIFY(one.rig.start());
  QVERIFY(one.listed().empty());
  // The template's, and the one that the sandbox was saved into.
  QCOMPARE(one.rig.snapshots.snapshots.size(), 2U);
}

void TakeSnapshotTest::whatIsBeingCopiedIsRemovedAfterwards() {
  Saved one;
  QVERIFY(one.ready());
  const auto info = one.taken();
  QVERIFY(info);
  auto request = sandboxRequest("copy");
  request.fromSnapshot = info->id.value();
  one.rig.script.hold("snapshots.checkOut");
  const auto creating = one.rig.engine->sandboxes().create(sandboxSpec(request), {});
  QTRY_VERIFY(one.rig.script.isHeld("snapshots.checkOut"));
  QVERIFY(succeeds(one.rig.engine->snapshots().remove(info->id)));
  QVERIFY(one.rig.snapshots.snapshots.contains(info->id.value()));
  one.rig.script.release("snapshots.checkOut");
  QVERIFY(succeeds(creating));
  QTRY_VERIFY(!one.rig.snapshots.snapshots.contains(info->id.value()));
}

void TakeSnapshotTest::aSandboxFromASnapshotInheritsTheEnvironment() {
  auto request = sandboxRequest("source");
  request.envVars = {{"A", "source"}, {"B", "source"}};
  Saved one;
  QVERIFY(one.ready(request));
  const auto info = one.taken();
  QVERIFY(info);
  auto next = sandboxRequest("next");
  next.fromSnapshot = info->id.value();
  next.envVars = {{"B", "next"}};
  const auto created = one.rig.create(next);
  QVERIFY(created);
  QCOMPARE(created->sourceSnapshotId, info->id.value());
  QCOMPARE(created->templateName, one.info->templateName);
  QCOMPARE(one.rig.agents.last->identity.env.at("A"), std::string("source"));
  QCOMPARE(one.rig.agents.last->identity.env.at("B"), std::string("next"));
  next.fromSnapshot = SnapshotId::random().value();
  const auto error = errorOf(one.rig.engine->sandboxes().create(sandboxSpec(next), {}));
  QCOMPARE(error.code, ErrorCode::NotFound);
  QCOMPARE(error.field, std::string("from_snapshot"));
}

void TakeSnapshotTest::theSnapshotOfAPauseWillDo() {
  Saved one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.rig.engine->sandboxes().pause(one.info->id)));
  auto request = sandboxRequest("copy");
  request.fromSnapshot = one.rig.get(one.info->id)->snapshotId;
  QVERIFY(one.rig.create(request));
  QCOMPARE(one.rig.get(one.info->id)->state, SandboxState::Paused);
}

void TakeSnapshotTest::aDeadlineComesRightAfterASave() {
  auto request = sandboxRequest("short");
  request.timeoutSeconds = 10;
  Saved one;
  QVERIFY(one.ready(request));
  one.rig.script.hold("machine.saveState");
  const auto taking = one.take();
  QTRY_VERIFY(one.rig.script.isHeld("machine.saveState"));
  one.rig.clock.advance(std::chrono::seconds(11));
  one.rig.script.release("machine.saveState");
  // Whichever comes first; a snapshot that was taken outlives its sandbox.
  const auto taken = answerOf(taking);
  QTRY_VERIFY(one.rig.list().empty());
  if (taken && *taken) QVERIFY(succeeds(one.rig.engine->snapshots().remove((*taken)->info.id)));
  QCOMPARE(one.rig.litter(), std::string());
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::TakeSnapshotTest)
#include "takesnapshottest.moc"
