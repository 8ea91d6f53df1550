// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class MachineLossTest : public QObject {
  Q_OBJECT

 private slots:
  void withASnapshotItGoesBack();
  void alsoInTheMiddleOfAPause();
  void whatRanInItIsToldThatItIsGone();
  void theHostsSleepIsSeenByNoGuest();
  void templateFilesAreVerifiedOnDemand();
};

namespace {

/// Active again after a pause.
struct Resumed {
  EngineRig rig;
  std::optional<SandboxInfo> info;
  bool ready() {
    if (!rig.startWithBase()) return false;
    info = rig.create();
    if (!info || !succeeds(rig.engine->sandboxes().pause(info->id))) return false;
    rig.clock.advance(std::chrono::minutes(5));
    return succeeds(rig.engine->sandboxes().resume(info->id));
  }
};

}  // namespace

void MachineLossTest::withASnapshotItGoesBack() {
  Resumed one;
  QVERIFY(one.ready());
  const auto before = *one.rig.get(one.info->id);
  QVERIFY(before.snapshotAt);
  one.rig.clock.advance(std::chrono::minutes(5));
  one.rig.hypervisor.last->crash(QStringLiteral("QEMU was killed by signal 9."));
  QTRY_COMPARE(one.rig.get(one.info->id)->state, SandboxState::Paused);
  const auto now = *one.rig.get(one.info->id);
  QCOMPARE(now.snapshotId, before.snapshotId);
  QCOMPARE(now.snapshotAt, before.snapshotAt);
  QCOMPARE(*now.pausedAt, one.rig.clock.now());
  QVERIFY2(now.problem.find("signal 9") != std::string::npos && now.problem.find("is lost") != std::string::npos,
           now.problem.c_str());
  QTRY_VERIFY(one.rig.hypervisor.processes.empty());
  QTRY_VERIFY(one.rig.snapshots.workDirectories.empty());
  QVERIFY(succeeds(one.rig.engine->sandboxes().resume(one.info->id)));
  QVERIFY(one.rig.get(one.info->id)->problem.empty());
}

void MachineLossTest::alsoInTheMiddleOfAPause() {
  Resumed one;
  QVERIFY(one.ready());
  one.rig.script.hold("machine.saveState");
  const auto pausing = one.rig.engine->sandboxes().pause(one.info->id);
  QTRY_VERIFY(one.rig.script.isHeld("machine.saveState"));
  one.rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QCOMPARE(errorOf(pausing).code, ErrorCode::Gone);
  const auto now = *one.rig.get(one.info->id);
  QCOMPARE(now.state, SandboxState::Paused);
  QVERIFY(now.problem.find("It was killed.") != std::string::npos);
  QVERIFY(one.rig.snapshots.workDirectories.empty());
}

void MachineLossTest::whatRanInItIsToldThatItIsGone() {
  Resumed one;
  QVERIFY(one.ready());
  one.rig.agents.last->finishesAtOnce = false;
  ExecRequest request;
  request.command = "sleep 100";
  const auto session = one.rig.engine->exec().run(one.info->id, request);
  std::optional<Error> told;
  connect(session.get(), &ExecSession::failed, this, [&told](const Error& error) { told = error; });
  one.rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QTRY_VERIFY(told);
  QCOMPARE(told->code, ErrorCode::Gone);
  QVERIFY(told->message.find("snapshot") != std::string::npos);
}

void MachineLossTest::theHostsSleepIsSeenByNoGuest() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto active = rig.create();
  const auto paused = rig.create();
  QVERIFY(active && paused && succeeds(rig.engine->sandboxes().pause(paused->id)));
  rig.script.forget();
  WakeWatch& watch = rig.engine->wakeWatch();
  watch.look();
  rig.clock.advance(std::chrono::hours(1));  // time alone is no sleep
  watch.look();
  QCOMPARE(rig.script.count("agent.assume"), 0);
  rig.clock.sleep(std::chrono::hours(1));
  watch.look();
  watch.look();
  QCOMPARE(rig.script.count("agent.assume"), 1);
}

void MachineLossTest::templateFilesAreVerifiedOnDemand() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto check = [&rig]() -> HostCheck {
    const auto info = answerOf(rig.engine->host().info());
    for (const auto& one : (*info)->checks) {
      if (one.id == "template_files") return one;
    }
    return {};
  };
  QVERIFY(rig.snapshots.fingerprinted.contains(rig.baseSnapshot()));
  (void)check();
  QTRY_VERIFY(check().summary.find("intact") != std::string::npos);
  rig.script.failAlways("snapshots.verify", Error{ErrorCode::Conflict, "The file \"ram\" is damaged.", {}, {}});
  rig.clock.advance(std::chrono::hours(1));
  (void)check();
  QTRY_COMPARE(check().outcome, CheckOutcome::Bad);
  QVERIFY(check().summary.find("\"ram\"") != std::string::npos);
  QCOMPARE(check().fix, std::string("terrariumctl template build superserve/base"));
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::MachineLossTest)
#include "machinelosstest.moc"
