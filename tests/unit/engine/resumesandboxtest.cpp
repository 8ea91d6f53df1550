// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class ResumeSandboxTest : public QObject {
  Q_OBJECT

 private slots:
  void runsAgainFromItsSnapshot();
  void isPausedAsBeforeWhenAStepFails_data();
  void isPausedAsBeforeWhenAStepFails();
  void isPausedAsBeforeWhenCancelled_data();
  void isPausedAsBeforeWhenCancelled();
  void isRefusedUnlessPaused();
  void activateResumesWhatIsPaused();
  void activateIsFineWhenActive();
  void activateWaitsOutATransition();
  void activateGivesUpInTheEnd();
  void activatingTwiceResumesOnce();
};

namespace {

struct PausedRig {
  EngineRig rig;
  std::optional<SandboxInfo> info;
  bool ready() {
    if (!rig.startWithBase()) return false;
    info = rig.create();
    if (!info || !succeeds(rig.engine->sandboxes().pause(info->id))) return false;
    rig.announced.clear();
    rig.script.forget();
    return true;
  }
  SandboxInfo now() { return *rig.get(info->id); }
};

QStringList resumed() {
  return {QStringLiteral("snapshots.checkOut"), QStringLiteral("hypervisor.restore"), QStringLiteral("machine.run"),
          QStringLiteral("agents.connect"), QStringLiteral("agent.assume")};
}

}  // namespace

void ResumeSandboxTest::runsAgainFromItsSnapshot() {
  PausedRig one;
  QVERIFY(one.ready());
  const auto snapshot = one.now().snapshotId;
  const auto answer = answerOf(one.rig.engine->sandboxes().resume(one.info->id));
  QVERIFY(answer && *answer);
  QCOMPARE((*answer)->state, SandboxState::Active);
  QVERIFY(!(*answer)->pausedAt);
  // The snapshot stays until the next pause is durable.
  QCOMPARE((*answer)->snapshotId, snapshot);
  QVERIFY(one.rig.snapshots.snapshots.contains(snapshot));
  QCOMPARE(one.rig.announced, (std::vector<SandboxState>{SandboxState::Resuming, SandboxState::Active}));
  QVERIFY(one.rig.hypervisor.processes.begin()->second.running);
  QCOMPARE(one.rig.agents.last->identity.hostname, "sandbox-" + one.info->id.value().substr(0, 8));
}

void ResumeSandboxTest::isPausedAsBeforeWhenAStepFails_data() {
  QTest::addColumn<QString>("call");
  QTest::addColumn<int>("k");
  for (const auto& call : resumed()) QTest::newRow(qPrintable(call)) << call << 1;
  QTest::newRow("store.save as active") << "store.save" << 2;
}

void ResumeSandboxTest::isPausedAsBeforeWhenAStepFails() {
  QFETCH(QString, call);
  QFETCH(int, k);
  PausedRig one;
  QVERIFY(one.ready());
  const auto before = one.now();
  one.rig.script.failAt(call.toStdString(), k, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(one.rig.engine->sandboxes().resume(one.info->id)).code, ErrorCode::StorageFull);
  auto now = one.now();
  QCOMPARE(now.problem, std::string("It could not be resumed: no space"));
  now.problem.clear();
  QCOMPARE(now, before);
  QVERIFY(one.rig.hypervisor.processes.empty());
  QVERIFY(one.rig.snapshots.workDirectories.empty());
  QVERIFY(!one.rig.sandboxStore.rows.at(now.id).machine);
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  QCOMPARE(one.now().problem, std::string());
}

void ResumeSandboxTest::isPausedAsBeforeWhenCancelled_data() {
  QTest::addColumn<QString>("call");
  for (const auto& call : resumed()) QTest::newRow(qPrintable(call)) << call;
}

void ResumeSandboxTest::isPausedAsBeforeWhenCancelled() {
  QFETCH(QString, call);
  PausedRig one;
  QVERIFY(one.ready());
  const auto before = one.now();
  one.rig.script.hold(call.toStdString());
  const auto resuming = one.rig.engine->sandboxes().resume(one.info->id);
  QTRY_VERIFY(one.rig.script.isHeld(call.toStdString()));
  const auto cancelling = one.rig.engine->sandboxes().cancel(one.rig.progress.back().operation);
  one.rig.script.release(call.toStdString());
  QVERIFY(succeeds(cancelling));
  QCOMPARE(errorOf(resuming).code, ErrorCode::Cancelled);
  QCOMPARE(one.now(), before);
  QVERIFY(one.rig.hypervisor.processes.empty());
  QVERIFY(one.rig.snapshots.workDirectories.empty());
}

void ResumeSandboxTest::isRefusedUnlessPaused() {
  PausedRig one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  QCOMPARE(errorOf(one.rig.engine->sandboxes().resume(one.info->id)).code, ErrorCode::Conflict);
}

void ResumeSandboxTest::activateResumesWhatIsPaused() {
  PausedRig one;
  QVERIFY(one.ready());
  const auto answer = answerOf(one.rig.engine->sandboxes().activate(one.info->id));
  QVERIFY(answer && *answer);
  QCOMPARE((*answer)->state, SandboxState::Active);
}

void ResumeSandboxTest::activateIsFineWhenActive() {
  PausedRig one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  one.rig.script.forget();
  QVERIFY(succeeds(one.rig.engine->sandboxes().activate(one.info->id)));
  QVERIFY(one.rig.script.calls().empty());
  QCOMPARE(errorOf(one.rig.engine->sandboxes().activate(sandboxId(9))).code, ErrorCode::NotFound);
}

void ResumeSandboxTest::activateWaitsOutATransition() {
  PausedRig one;
  QVERIFY(one.ready());
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  one.rig.script.hold("snapshots.commit");
  const auto pausing = one.rig.engine->sandboxes().pause(one.info->id);
  QTRY_VERIFY(one.rig.script.isHeld("snapshots.commit"));
  const auto activating = one.rig.engine->sandboxes().activate(one.info->id);
  QCoreApplication::processEvents();
  QVERIFY(!activating.isFinished());
  one.rig.script.release("snapshots.commit");
  QVERIFY(succeeds(pausing));
  const auto answer = answerOf(activating);
  QVERIFY(answer && *answer);
  QCOMPARE((*answer)->state, SandboxState::Active);
}

void ResumeSandboxTest::activateGivesUpInTheEnd() {
  PausedRig one;
  one.rig.config.activateLimit = std::chrono::milliseconds(20);
  QVERIFY(one.ready());
  one.rig.script.hold("hypervisor.restore");
  const auto resuming = one.rig.engine->sandboxes().resume(one.info->id);
  QTRY_VERIFY(one.rig.script.isHeld("hypervisor.restore"));
  QCOMPARE(errorOf(one.rig.engine->sandboxes().activate(one.info->id)).code, ErrorCode::Conflict);
  one.rig.script.release("hypervisor.restore");
  QVERIFY(succeeds(resuming));
}

void ResumeSandboxTest::activatingTwiceResumesOnce() {
  PausedRig one;
  QVERIFY(one.ready());
  const auto first = one.rig.engine->sandboxes().activate(one.info->id);
  const auto second = one.rig.engine->sandboxes().activate(one.info->id);
  QVERIFY(succeeds(first));
  QVERIFY(succeeds(second));
  QCOMPARE(one.rig.script.count("hypervisor.restore"), 1);
  QCOMPARE(one.rig.hypervisor.processes.size(), 1U);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::ResumeSandboxTest)
#include "resumesandboxtest.moc"
