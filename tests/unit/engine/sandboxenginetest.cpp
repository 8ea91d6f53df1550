// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class SandboxEngineTest : public QObject {
  Q_OBJECT

 private slots:
  void stoppingPausesAllAndStartingResumesWhatWasActive();
  void whatWasPausedStaysPaused();
  void nothingIsResumedWhenThatIsSwitchedOff();
  void stoppingPausesAGuestThatDoesNotAnswer();
  void stoppingCancelsCreatesAndBuilds();
  void stoppingWaitsForARunningPause();
  void nothingNewBeginsWhileStopping();
  void saysWhatCouldNotBePaused();
  void aStopDoesNotStartTheCountdownOfAutoDelete();
  void aResumeThatFailsAtStartSaysWhy();
  void tellsWhatASandboxUses();
  void aLostMachineFailsTheSandbox();
  void aLostAgentFailsTheSandboxAndEndsItsMachine();
};

void SandboxEngineTest::stoppingPausesAllAndStartingResumesWhatWasActive() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  std::vector<SandboxId> ids;
  for (int i = 0; i < 7; ++i) {
    const auto info = rig.create();
    QVERIFY(info);
    ids.push_back(info->id);
  }
  QVERIFY(succeeds(rig.engine->shutDown()));
  QVERIFY(rig.hypervisor.processes.empty());
  for (const auto& id : ids) QCOMPARE(rig.get(id)->state, SandboxState::Paused);
  rig.engine.reset();
  QVERIFY(rig.start());
  for (const auto& id : ids) QTRY_COMPARE(rig.get(id)->state, SandboxState::Active);
  QCOMPARE(rig.hypervisor.processes.size(), ids.size());
}

void SandboxEngineTest::whatWasPausedStaysPaused() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto paused = rig.create();
  const auto active = rig.create();
  QVERIFY(paused && active);
  QVERIFY(succeeds(rig.engine->sandboxes().pause(paused->id)));
  QVERIFY(succeeds(rig.engine->shutDown()));
  rig.engine.reset();
  QVERIFY(rig.start());
  QTRY_COMPARE(rig.get(active->id)->state, SandboxState::Active);
  QCOMPARE(rig.get(paused->id)->state, SandboxState::Paused);
}

void SandboxEngineTest::nothingIsResumedWhenThatIsSwitchedOff() {
  EngineRig rig;
  rig.config.resumeAtStart = false;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->shutDown()));
  rig.engine.reset();
  rig.script.forget();
  QVERIFY(rig.start());
  QCoreApplication::processEvents();
  QCOMPARE(rig.get(info->id)->state, SandboxState::Paused);
  QCOMPARE(rig.script.count("snapshots.checkOut"), 0);
  QVERIFY(!rig.sandboxStore.rows.at(info->id).resumeAtStart);
}

void SandboxEngineTest::stoppingPausesAGuestThatDoesNotAnswer() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.script.hold("agent.settle");
  QVERIFY(succeeds(rig.engine->shutDown()));
  QCOMPARE(rig.get(info->id)->state, SandboxState::Paused);
}

void SandboxEngineTest::stoppingCancelsCreatesAndBuilds() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold("agents.connect");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec());
  const auto building = rig.engine->templates().build(TemplateRef::defaultTemplate());
  const auto waiting = rig.engine->templates().build(*TemplateRef::parse("superserve/python-3.11"));
  QTRY_COMPARE(rig.script.count("agents.connect"), 2);
  QVERIFY(succeeds(rig.engine->shutDown()));
  QCOMPARE(errorOf(creating).code, ErrorCode::Unavailable);
  QVERIFY(answerOf(building) && !*answerOf(building));
  QVERIFY(answerOf(waiting) && !*answerOf(waiting));
  QCOMPARE(rig.litter(), std::string());
}

void SandboxEngineTest::stoppingWaitsForARunningPause() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.script.hold("snapshots.commit");
  const auto pausing = rig.engine->sandboxes().pause(info->id);
  QTRY_VERIFY(rig.script.isHeld("snapshots.commit"));
  const auto stopping = rig.engine->shutDown();
  QCoreApplication::processEvents();
  QVERIFY(!stopping.isFinished());
  rig.script.release("snapshots.commit");
  QVERIFY(succeeds(stopping));
  QVERIFY(succeeds(pausing));
  QVERIFY(!rig.sandboxStore.rows.at(info->id).resumeAtStart);
}

void SandboxEngineTest::nothingNewBeginsWhileStopping() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  const auto stopping = rig.engine->shutDown();
  QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec())).code, ErrorCode::Unavailable);
  QCOMPARE(errorOf(rig.engine->sandboxes().resume(info->id)).code, ErrorCode::Unavailable);
  QCOMPARE(errorOf(rig.engine->sandboxes().activate(info->id)).code, ErrorCode::Unavailable);
  QCOMPARE(errorOf(rig.engine->templates().build(TemplateRef::defaultTemplate())).code, ErrorCode::Unavailable);
  QVERIFY(succeeds(stopping));
}

void SandboxEngineTest::saysWhatCouldNotBePaused() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto good = rig.create();
  auto request = sandboxRequest("the-bad-one");
  const auto bad = rig.create(request);
  QVERIFY(good && bad);
  rig.script.failAt("snapshots.commit", 2, Error{ErrorCode::StorageFull, "no space", {}, {}});
  const auto error = errorOf(rig.engine->shutDown());
  QCOMPARE(error.code, ErrorCode::StorageFull);
  QVERIFY(error.message.find("no space") != std::string::npos);
  // The other one is safe.
  const auto paused = static_cast<int>(rig.get(good->id)->state == SandboxState::Paused) +
                      static_cast<int>(rig.get(bad->id)->state == SandboxState::Paused);
  QCOMPARE(paused, 1);
}

void SandboxEngineTest::aStopDoesNotStartTheCountdownOfAutoDelete() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.autoDeleteSeconds = 0;
  const auto info = rig.create(request);
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->shutDown()));
  rig.engine.reset();
  rig.clock.advance(std::chrono::hours(1));
  QVERIFY(rig.start());
  QTRY_COMPARE(rig.get(info->id)->state, SandboxState::Active);
}

void SandboxEngineTest::aResumeThatFailsAtStartSaysWhy() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->shutDown()));
  rig.engine.reset();
  rig.script.failAt("hypervisor.restore", 1, Error{ErrorCode::Internal, "It does not load.", {}, {}});
  QVERIFY(rig.start());
  QTRY_VERIFY(!rig.get(info->id)->problem.empty());
  QTRY_VERIFY(!rig.sandboxStore.rows.at(info->id).resumeAtStart);
  QCOMPARE(rig.get(info->id)->state, SandboxState::Paused);
}

void SandboxEngineTest::tellsWhatASandboxUses() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  std::vector<SandboxStatistics> told;
  connect(&rig.engine->events(), &Events::statisticsChanged, this, [&](const SandboxStatistics& now) { told.push_back(now); });
  GuestStatistics guest;
  guest.cpuPercent = 12.5;
  guest.memoryUsedBytes = 100;
  guest.processCount = 7;
  guest.listeningPorts = {8080};
  emit rig.agents.last->statisticsReported(guest);
  QCOMPARE(told.size(), 1U);
  QCOMPARE(told[0].id, info->id.value());
  QCOMPARE(told[0].cpuPercent, 12.5);
  QCOMPARE(told[0].hostPssBytes, 42'000'000);
  QCOMPARE(told[0].processCount, 7);
  QCOMPARE(told[0].listeningPorts, std::vector<int>{8080});
}

void SandboxEngineTest::aLostMachineFailsTheSandbox() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.hypervisor.last->crash(QStringLiteral("QEMU was killed by signal 9."));
  QTRY_COMPARE(rig.get(info->id)->state, SandboxState::Failed);
  const auto problem = rig.get(info->id)->problem;
  QVERIFY(problem.find("signal 9") != std::string::npos);
  QVERIFY(problem.find("Delete") != std::string::npos);
  QCOMPARE(errorOf(rig.engine->sandboxes().pause(info->id)).code, ErrorCode::Gone);
  QCOMPARE(errorOf(rig.engine->sandboxes().activate(info->id)).code, ErrorCode::Gone);
}

void SandboxEngineTest::aLostAgentFailsTheSandboxAndEndsItsMachine() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  emit rig.agents.last->lost(Error{ErrorCode::Gone, "A bad frame came.", {}, {}});
  QTRY_COMPARE(rig.get(info->id)->state, SandboxState::Failed);
  QVERIFY(rig.get(info->id)->problem.find("A bad frame came.") != std::string::npos);
  QTRY_VERIFY(rig.hypervisor.processes.empty());
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::SandboxEngineTest)
#include "sandboxenginetest.moc"
