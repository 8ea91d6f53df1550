// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <set>

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class ForkSandboxTest : public QObject {
  Q_OBJECT

 private slots:
  void clonesOfAnActiveOneAreThemselves();
  void clonesOfAPausedOneLeaveItPaused();
  void allOrNone_data();
  void allOrNone();
  void theLimitCountsClones();
  void aCancelledForkLeavesNothing();
  void onlyActiveAndPausedOnesAreForked();
};

namespace {

using Clones = std::vector<SandboxInfo>;

struct Forked {
  EngineRig rig;
  std::optional<SandboxInfo> info;
  bool ready() {
    auto request = sandboxRequest("web");
    request.envVars = {{"GREETING", "hello"}};
    request.metadata = {{"team", "core"}};
    request.timeoutSeconds = 600;
    if (!rig.startWithBase()) return false;
    info = rig.create(request);
    rig.clock.advance(std::chrono::seconds(60));
    rig.script.forget();
    return info.has_value();
  }
  Pending<Clones> fork(int count, const OperationId& operation = {}) {
    return rig.engine->sandboxes().fork(info->id, *ForkSpec::parse({count, std::nullopt}), operation);
  }
};

}  // namespace

void ForkSandboxTest::clonesOfAnActiveOneAreThemselves() {
  Forked one;
  QVERIFY(one.ready());
  const auto answer = answerOf(one.fork(3));
  QVERIFY(answer && *answer);
  const auto& clones = **answer;
  QCOMPARE(clones.size(), 3U);
  std::set<std::string> ids{one.info->id.value()};
  for (const auto& clone : clones) {
    ids.insert(clone.id.value());
    QCOMPARE(clone.state, SandboxState::Active);
    QCOMPARE(clone.metadata, one.info->metadata);
    QCOMPARE(*clone.deadline(), one.rig.clock.now() + std::chrono::seconds(600));
    QVERIFY(clone.snapshotId.empty());
    QCOMPARE(one.rig.sandboxStore.rows.at(clone.id).envVars.entries().at("GREETING"), std::string("hello"));
  }
  QCOMPARE(ids.size(), 4U);
  QCOMPARE(clones[0].name.value(), std::string("web fork 1"));
  QCOMPARE(clones[2].name.value(), std::string("web fork 3"));
  QCOMPARE(one.rig.agents.last->identity.hostname.substr(0, 8), std::string("sandbox-"));
  QCOMPARE(one.rig.script.count("machine.standStill"), 1);
  QCOMPARE(one.rig.script.count("agent.assume"), 3);
  QCOMPARE(one.rig.get(one.info->id)->state, SandboxState::Active);
  QCOMPARE(one.rig.hypervisor.processes.size(), 4U);
  // The set between them is gone.
  QTRY_COMPARE(one.rig.snapshots.snapshots.size(), 1U);
}

void ForkSandboxTest::clonesOfAPausedOneLeaveItPaused() {
  Forked one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.rig.engine->sandboxes().pause(one.info->id)));
  const auto answer = answerOf(one.fork(1));
  QVERIFY(answer && *answer);
  const auto now = one.rig.get(one.info->id);
  QCOMPARE(now->state, SandboxState::Paused);
  QVERIFY(one.rig.snapshots.snapshots.contains(now->snapshotId));
  QVERIFY(!(*answer)->front().pausedAt);
}

void ForkSandboxTest::allOrNone_data() {
  QTest::addColumn<std::string>("call");
  QTest::addColumn<int>("occurrence");
  QTest::newRow("the save") << std::string("machine.saveState") << 1;
  QTest::newRow("the copy") << std::string("snapshots.commit") << 1;
  QTest::newRow("the first clone") << std::string("snapshots.checkOut") << 1;
  QTest::newRow("the last clone") << std::string("agent.assume") << 3;
  QTest::newRow("a row") << std::string("store.save") << 2;
}

void ForkSandboxTest::allOrNone() {
  QFETCH(std::string, call);
  QFETCH(int, occurrence);
  Forked one;
  QVERIFY(one.ready());
  one.rig.script.failAt(call, occurrence, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(one.fork(3)).code, ErrorCode::StorageFull);
  QCOMPARE(one.rig.list().size(), 1U);
  QCOMPARE(one.rig.get(one.info->id)->state, SandboxState::Active);
  QCOMPARE(one.rig.hypervisor.processes.size(), 1U);
  QVERIFY(one.rig.hypervisor.processes.begin()->second.running);
  QCOMPARE(one.rig.snapshots.workDirectories.size(), 1U);
  QCOMPARE(one.rig.snapshots.snapshots.size(), 1U);
}

void ForkSandboxTest::theLimitCountsClones() {
  Forked one;
  one.rig.config.maxSandboxes = 3;
  QVERIFY(one.ready());
  QCOMPARE(errorOf(one.fork(3)).code, ErrorCode::TooManySandboxes);
  QCOMPARE(one.rig.script.count("machine.standStill"), 0);
  QVERIFY(succeeds(one.fork(2)));
}

void ForkSandboxTest::aCancelledForkLeavesNothing() {
  Forked one;
  QVERIFY(one.ready());
  one.rig.script.hold("snapshots.checkOut");
  const auto operation = randomUuid();
  const auto forking = one.fork(2, operation);
  QTRY_VERIFY(one.rig.script.isHeld("snapshots.checkOut"));
  const auto cancelled = one.rig.engine->sandboxes().cancel(operation);
  one.rig.script.release("snapshots.checkOut");
  QVERIFY(succeeds(cancelled));
  QCOMPARE(errorOf(forking).code, ErrorCode::Cancelled);
  QCOMPARE(one.rig.list().size(), 1U);
  QCOMPARE(one.rig.snapshots.snapshots.size(), 1U);
  QCOMPARE(one.rig.hypervisor.processes.size(), 1U);
}

void ForkSandboxTest::onlyActiveAndPausedOnesAreForked() {
  Forked one;
  QVERIFY(one.ready());
  one.rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QTRY_COMPARE(one.rig.get(one.info->id)->state, SandboxState::Failed);
  QCOMPARE(errorOf(one.fork(1)).code, ErrorCode::Gone);
  QCOMPARE(errorOf(one.rig.engine->sandboxes().fork(SandboxId::random(), *ForkSpec::parse({}))).code, ErrorCode::NotFound);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::ForkSandboxTest)
#include "forksandboxtest.moc"
