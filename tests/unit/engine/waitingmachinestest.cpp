// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class WaitingMachinesTest : public QObject {
  Q_OBJECT

 private slots:
  void nobodyWaitsUnlessAsked();
  void theNextCreateTakesTheOneThatWaits();
  void waitsWithoutAnIdentityOfASandbox();
  void aSandboxFromAWaitingMachineIsFoundAgainAfterACrash();
  void leavesNothingWhenATakenOneFails_data();
  void leavesNothingWhenATakenOneFails();
  void goesBackWhenTheCreateIsRefused();
  void isGivenUpWhenItsTemplateIsBuiltAnew();
  void isGivenUpWhenMemoryIsShort();
  void isNotPreparedWhenMemoryIsShort();
  void isGivenUpWhenNobodyAsksForLong();
  void isReplacedWhenItEndsByItself();
  void endsWithTheEngine();
  void getsItsNetworkWithItsSandbox();
  void endsWhileItIsBeingPrepared();
  void isEndedByWhoeverWatchesADeadEngine();
  void aFailedPreparationLeavesNothing_data();
  void aFailedPreparationLeavesNothing();
};

namespace {

struct WaitingRig : EngineRig {
  HostMemory memory{16LL << 30, 12LL << 30, 0};

  WaitingRig() {
    config.waitingMachines = 1;
    config.waitingQuiet = std::chrono::milliseconds(1);
    config.waitingRecheck = std::chrono::milliseconds(1);
    config.hostMemory = [this] { return memory; };
  }
  [[nodiscard]] int waiting() {
    const auto info = answerOf(engine->host().info());
    return info && *info ? (*info)->waitingMachines : -1;
  }
  /// Started; a sandbox was made and another machine waits.
  std::optional<SandboxInfo> startWithOneWaiting() {
    if (!startWithBase()) return std::nullopt;
    auto info = create();
    if (!info || !QTest::qWaitFor([&] { return waiting() == 1; })) return std::nullopt;
    script.forget();
    return info;
  }
  [[nodiscard]] bool nothingWaits() {
    return QTest::qWaitFor(
        [&] { return waiting() == 0 && hypervisor.processes.size() == 1 && snapshots.workDirectories.size() == 1; });
  }
};

}  // namespace

void WaitingMachinesTest::nobodyWaitsUnlessAsked() {
  WaitingRig rig;
  rig.config.waitingMachines = 0;
  QVERIFY(rig.startWithBase());
  QVERIFY(rig.create());
  QTest::qWait(20);
  QCOMPARE(rig.hypervisor.processes.size(), 1U);
}

void WaitingMachinesTest::theNextCreateTakesTheOneThatWaits() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  QVERIFY(!rig.hypervisor.processes.at(rig.hypervisor.plans.back().workDirectory).running);
  const auto waiting = rig.hypervisor.plans.back();
  rig.progress.clear();
  rig.script.hold("hypervisor.restore");
  const auto info = rig.create();
  QVERIFY(info);
  QCOMPARE(QString::fromStdString(info->id.value()), waiting.name);
  QVERIFY(rig.hypervisor.processes.at(waiting.workDirectory).running);
  const auto& row = rig.sandboxStore.rows.at(info->id);
  QCOMPARE(row.machine->cookie, waiting.cookie.toStdString());
  QCOMPARE(row.machine->files.workDirectory, waiting.workDirectory);
  QCOMPARE(rig.agents.last->identity.hostname, "sandbox-" + info->id.value().substr(0, 8));
  for (const auto& now : rig.progress) QVERIFY(now.stageIndex < now.stageCount);
  rig.script.release("hypervisor.restore");
  QTRY_COMPARE(rig.waiting(), 1);
}

void WaitingMachinesTest::waitsWithoutAnIdentityOfASandbox() {
  WaitingRig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.envVars = {{"OWN", "1"}};
  QVERIFY(rig.create(request));
  QTRY_COMPARE(rig.waiting(), 1);
  const auto rehearsed = rig.agents.last->identity;
  QCOMPARE(rehearsed.env, (std::map<std::string, std::string>{{"LANG", "C.UTF-8"}, {"SHARED", "template"}}));
  QVERIFY(rig.create());
  QVERIFY(rig.agents.last->identity.entropy != rehearsed.entropy);
  QCOMPARE(rig.sandboxStore.rows.size(), 2U);
}

void WaitingMachinesTest::aSandboxFromAWaitingMachineIsFoundAgainAfterACrash() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  const auto info = rig.create();
  QVERIFY(info);
  QTRY_COMPARE(rig.waiting(), 1);
  rig.kill();
  rig.config.resumeAtStart = false;
  QVERIFY(rig.start());
  QCOMPARE(rig.get(info->id)->state, SandboxState::Paused);
  QCOMPARE(rig.snapshots.workDirectories.size(), 0U);
}

void WaitingMachinesTest::leavesNothingWhenATakenOneFails_data() {
  QTest::addColumn<QString>("call");
  QTest::addColumn<int>("k");
  QTest::newRow("row") << "store.save" << 1;
  QTest::newRow("run") << "machine.run" << 1;
  QTest::newRow("identity") << "agent.assume" << 1;
  QTest::newRow("row as active") << "store.save" << 2;
}

void WaitingMachinesTest::leavesNothingWhenATakenOneFails() {
  QFETCH(QString, call);
  QFETCH(int, k);
  WaitingRig rig;
  const auto first = rig.startWithOneWaiting();
  QVERIFY(first);
  rig.memory.availableBytes = 1LL << 30;  // nothing new is prepared
  rig.script.failAt(call.toStdString(), k, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec())).message, std::string("no space"));
  QVERIFY(rig.nothingWaits());
  QCOMPARE(rig.sandboxStore.rows.size(), 1U);
}

void WaitingMachinesTest::goesBackWhenTheCreateIsRefused() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  auto request = sandboxRequest();
  request.secrets = {{"TOKEN", "github"}};
  QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec(request))).code, ErrorCode::UnknownReference);
  QCOMPARE(rig.waiting(), 1);
  QCOMPARE(rig.hypervisor.processes.size(), 2U);
}

void WaitingMachinesTest::isGivenUpWhenItsTemplateIsBuiltAnew() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  const auto before = rig.hypervisor.plans.back().workDirectory;
  rig.images.hash = "another";
  QVERIFY(succeeds(rig.engine->templates().build(TemplateRef::defaultTemplate())));
  QTRY_VERIFY(!rig.snapshots.workDirectories.contains(before));
  QVERIFY(!rig.hypervisor.processes.contains(before));
  QVERIFY(rig.create());
}

void WaitingMachinesTest::isGivenUpWhenMemoryIsShort() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  rig.memory.stalledPercent = 40;
  QVERIFY(rig.nothingWaits());
}

void WaitingMachinesTest::isNotPreparedWhenMemoryIsShort() {
  WaitingRig rig;
  rig.memory.availableBytes = 2LL << 30;  // an eighth of all is to be left
  QVERIFY(rig.startWithBase());
  QVERIFY(rig.create());
  QTest::qWait(20);
  QCOMPARE(rig.hypervisor.processes.size(), 1U);
}

void WaitingMachinesTest::isGivenUpWhenNobodyAsksForLong() {
  WaitingRig rig;
  rig.config.waitingUnused = std::chrono::milliseconds(500);
  QVERIFY(rig.startWithOneWaiting());
  QVERIFY(rig.nothingWaits());
}

void WaitingMachinesTest::isReplacedWhenItEndsByItself() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QVERIFY(rig.nothingWaits());
  QVERIFY(rig.create());
  QTRY_COMPARE(rig.waiting(), 1);
}

void WaitingMachinesTest::endsWithTheEngine() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  QVERIFY(succeeds(rig.engine->shutDown()));
  QCOMPARE(rig.hypervisor.processes.size(), 0U);
  QCOMPARE(rig.snapshots.workDirectories.size(), 0U);
}

void WaitingMachinesTest::getsItsNetworkWithItsSandbox() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  QCOMPARE(rig.script.count("gateways.open"), 0);
  QCOMPARE(rig.gateways.inForce.size(), std::size_t(1));
  QVERIFY(rig.create());
  QCOMPARE(rig.gateways.inForce.size(), std::size_t(2));
}

void WaitingMachinesTest::endsWhileItIsBeingPrepared() {
  WaitingRig rig;
  QVERIFY(rig.startWithBase());
  rig.agents.finishesAtOnce = false;
  QVERIFY(rig.create());
  QTRY_COMPARE(rig.hypervisor.processes.size(), 2U);
  QVERIFY(succeeds(rig.engine->shutDown()));
  QCOMPARE(rig.hypervisor.processes.size(), 0U);
  QCOMPARE(rig.snapshots.workDirectories.size(), 0U);
}

void WaitingMachinesTest::isEndedByWhoeverWatchesADeadEngine() {
  WaitingRig rig;
  QVERIFY(rig.startWithOneWaiting());
  const auto deadlines = rig.engine->machineDeadlines();
  QCOMPARE(deadlines.size(), 1U);
  QCOMPARE(deadlines[0].cookie, rig.hypervisor.plans.back().cookie.toStdString());
  QVERIFY(deadlines[0].at < rig.clock.now());
  int changes = 0;
  connect(rig.engine.get(), &SandboxEngine::deadlinesChanged, this, [&] { ++changes; });
  rig.memory.availableBytes = 1LL << 30;
  QVERIFY(rig.create());
  QVERIFY(changes > 0);
  QVERIFY(rig.engine->machineDeadlines().empty());
}

void WaitingMachinesTest::aFailedPreparationLeavesNothing_data() {
  QTest::addColumn<QString>("call");
  for (const auto* call :
       {"snapshots.checkOut", "hypervisor.restore", "machine.run", "agents.connect", "agent.assume", "machine.standStill"}) {
    QTest::newRow(call) << call;
  }
}

void WaitingMachinesTest::aFailedPreparationLeavesNothing() {
  QFETCH(QString, call);
  WaitingRig rig;
  QVERIFY(rig.startWithBase());
  const int k = call == QLatin1String("machine.standStill") ? 1 : 2;  // the first is the create's
  rig.script.failAt(call.toStdString(), k, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QTest::ignoreMessage(QtWarningMsg, "No machine could be made to wait: no space");
  QVERIFY(rig.create());
  QTRY_VERIFY(rig.script.count(call.toStdString()) >= k);
  QVERIFY(rig.nothingWaits());
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::WaitingMachinesTest)
#include "waitingmachinestest.moc"
