// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class CreateSandboxTest : public QObject {
  Q_OBJECT

 private slots:
  void isReadyForCommandsWhenItReturns();
  void isNeverAnnouncedActiveBeforeItsRowIsWritten();
  void givesTheGuestItsOwnIdentity();
  void announcesItsStages();
  void leavesNothingWhenAStepFails_data();
  void leavesNothingWhenAStepFails();
  void leavesNothingWhenCancelled_data();
  void leavesNothingWhenCancelled();
  void isRefusedForAnUnknownTemplate();
  void startsTheBuildOfATemplateThatIsNotReady();
  void isRefusedForSecretsThatDoNotExist();
  void isRefusedAboveTheLimit();
  void failsWhenTheMachineEndsMeanwhile();
  void failsWhenTheDiskIsFullMeanwhile();
  void refusesASnapshotOfAnotherHypervisor();
  void refusesASecondOperationOfTheSameId();
};

namespace {

QStringList created() {
  return {QStringLiteral("snapshots.checkOut"), QStringLiteral("store.save"),     QStringLiteral("hypervisor.restore"),
          QStringLiteral("machine.run"),        QStringLiteral("agents.connect"), QStringLiteral("agent.assume")};
}

}  // namespace

void CreateSandboxTest::isReadyForCommandsWhenItReturns() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QCOMPARE(info->state, SandboxState::Active);
  QVERIFY(info->emulated);
  QCOMPARE(rig.list().size(), 1U);
  QCOMPARE(rig.sandboxStore.rows.at(info->id).info, *info);
  QVERIFY(rig.hypervisor.processes.begin()->second.running);

  rig.agents.last->finishesAtOnce = false;
  const auto session = rig.engine->exec().run(info->id, ExecRequest{"true", {}, {}, {}, {}, false});
  std::optional<int> exitCode;
  connect(session.get(), &ExecSession::finished, this, [&](const ExecResult& result) { exitCode = result.exitCode; });
  QVERIFY(rig.agents.last->lastSession);
  rig.agents.last->lastSession->finish(3);
  QTRY_VERIFY(exitCode);
  QCOMPARE(*exitCode, 3);
}

void CreateSandboxTest::isNeverAnnouncedActiveBeforeItsRowIsWritten() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold("agent.assume");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec());
  QTRY_VERIFY(rig.script.isHeld("agent.assume"));
  QCOMPARE(rig.announced, std::vector<SandboxState>{SandboxState::Starting});
  rig.script.hold("store.save");
  rig.script.release("agent.assume");
  QTRY_VERIFY(rig.script.isHeld("store.save"));
  QCoreApplication::processEvents();
  QCOMPARE(rig.announced, std::vector<SandboxState>{SandboxState::Starting});
  QVERIFY(!creating.isFinished());
  rig.script.release("store.save");
  QVERIFY(succeeds(creating));
  QCOMPARE(rig.announced, (std::vector<SandboxState>{SandboxState::Starting, SandboxState::Active}));
}

void CreateSandboxTest::givesTheGuestItsOwnIdentity() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.envVars = {{"SHARED", "caller"}, {"OWN", "1"}};
  const auto info = rig.create(request);
  QVERIFY(info);
  const auto first = rig.agents.last->identity;
  QCOMPARE(first.hostname, "sandbox-" + info->id.value().substr(0, 8));
  QCOMPARE(first.env, (std::map<std::string, std::string>{{"LANG", "C.UTF-8"}, {"OWN", "1"}, {"SHARED", "caller"}}));
  QCOMPARE(first.user, std::string("user"));
  QCOMPARE(first.workingDirectory, std::string("/home/user"));
  QVERIFY(first.entropy.size() >= 32);
  QVERIFY(rig.create());
  QVERIFY(rig.agents.last->identity.entropy != first.entropy);
}

void CreateSandboxTest::announcesItsStages() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const std::string operation = randomUuid();
  QVERIFY(succeeds(rig.engine->sandboxes().create(sandboxSpec(), operation)));
  std::vector<std::string> stages;
  for (const auto& now : rig.progress) {
    QCOMPARE(now.operation, operation);
    QVERIFY(now.stageIndex < now.stageCount);
    if (!now.finished) stages.push_back(now.stage);
  }
  QCOMPARE(stages, (std::vector<std::string>{"Looking up the template", "Copying memory", "Starting machine", "Loading snapshot",
                                             "Waking the guest", "Preparing the guest", "Ready"}));
  QVERIFY(rig.progress.back().finished);
  QVERIFY(!rig.progress.back().error);
}

void CreateSandboxTest::leavesNothingWhenAStepFails_data() {
  QTest::addColumn<QString>("call");
  QTest::addColumn<int>("k");
  for (const auto& call : created()) QTest::newRow(qPrintable(call)) << call << 1;
  QTest::newRow("store.save as active") << "store.save" << 2;
}

void CreateSandboxTest::leavesNothingWhenAStepFails() {
  QFETCH(QString, call);
  QFETCH(int, k);
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.failAt(call.toStdString(), k, Error{ErrorCode::StorageFull, "no space", {}, {}});
  const auto error = errorOf(rig.engine->sandboxes().create(sandboxSpec()));
  QCOMPARE(error.code, ErrorCode::StorageFull);
  QCOMPARE(error.message, std::string("no space"));
  QCOMPARE(rig.litter(), std::string());
  QVERIFY(rig.progress.back().finished);
  QVERIFY(rig.progress.back().error);
}

void CreateSandboxTest::leavesNothingWhenCancelled_data() {
  QTest::addColumn<QString>("call");
  for (const auto& call : created()) QTest::newRow(qPrintable(call)) << call;
}

void CreateSandboxTest::leavesNothingWhenCancelled() {
  QFETCH(QString, call);
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold(call.toStdString());
  const std::string operation = randomUuid();
  const auto creating = rig.engine->sandboxes().create(sandboxSpec(), operation);
  QTRY_VERIFY(rig.script.isHeld(call.toStdString()));
  const auto cancelling = rig.engine->sandboxes().cancel(operation);
  // Give it the chance to be wrong before the held call is answered.
  QCoreApplication::processEvents();
  rig.script.release(call.toStdString());
  QVERIFY(succeeds(cancelling));
  QCOMPARE(errorOf(creating).code, ErrorCode::Cancelled);
  QCOMPARE(rig.litter(), std::string());
}

void CreateSandboxTest::isRefusedForAnUnknownTemplate() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.fromTemplate = "nobody/knows";
  const auto error = errorOf(rig.engine->sandboxes().create(sandboxSpec(request)));
  QCOMPARE(error.code, ErrorCode::NotFound);
  QCOMPARE(error.field, std::string("from_template"));
}

void CreateSandboxTest::startsTheBuildOfATemplateThatIsNotReady() {
  EngineRig rig;
  QVERIFY(rig.start());
  const auto error = errorOf(rig.engine->sandboxes().create(sandboxSpec()));
  QCOMPARE(error.code, ErrorCode::Conflict);
  QCOMPARE(error.message, std::string("template is not ready (status=building)"));
  QTRY_COMPARE(rig.templateStore.rows.size(), 1U);
  QTRY_VERIFY(rig.create());
}

void CreateSandboxTest::isRefusedForSecretsThatDoNotExist() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.secrets = {{"TOKEN", "github"}};
  const auto error = errorOf(rig.engine->sandboxes().create(sandboxSpec(request)));
  QCOMPARE(error.code, ErrorCode::UnknownReference);
  QCOMPARE(error.field, std::string("secrets.TOKEN"));
  QCOMPARE(rig.litter(), std::string());
}

void CreateSandboxTest::isRefusedAboveTheLimit() {
  EngineRig rig;
  rig.config.maxSandboxes = 2;
  QVERIFY(rig.startWithBase());
  const auto first = rig.engine->sandboxes().create(sandboxSpec());
  const auto second = rig.engine->sandboxes().create(sandboxSpec());
  const auto third = rig.engine->sandboxes().create(sandboxSpec());
  QCOMPARE(errorOf(third).code, ErrorCode::TooManySandboxes);
  QVERIFY(succeeds(first));
  QVERIFY(succeeds(second));
}

void CreateSandboxTest::failsWhenTheDiskIsFullMeanwhile() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold("agents.connect");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec());
  QTRY_VERIFY(rig.script.isHeld("agents.connect"));
  emit rig.hypervisor.last->outOfSpace();
  QCOMPARE(errorOf(creating).code, ErrorCode::StorageFull);
  QCOMPARE(rig.litter(), std::string());
}

void CreateSandboxTest::failsWhenTheMachineEndsMeanwhile() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold("agents.connect");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec());
  QTRY_VERIFY(rig.script.isHeld("agents.connect"));
  rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  const auto error = errorOf(creating);
  QCOMPARE(error.code, ErrorCode::Gone);
  QVERIFY(error.message.find("It was killed.") != std::string::npos);
  rig.script.release("agents.connect");
  QCOMPARE(rig.litter(), std::string());
}

void CreateSandboxTest::refusesASnapshotOfAnotherHypervisor() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto before = rig.create();
  QVERIFY(before && succeeds(rig.engine->sandboxes().remove(before->id)));
  // Changed behind the engine's back, after the templates had been judged.
  rig.hypervisor.machineFacts.machineType = "pc-q35-9.9";
  const auto error = errorOf(rig.engine->sandboxes().create(sandboxSpec()));
  QCOMPARE(error.code, ErrorCode::Conflict);
  QVERIFY(error.message.find("9.9") != std::string::npos);
  QCOMPARE(rig.litter(), std::string());
}

void CreateSandboxTest::refusesASecondOperationOfTheSameId() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const std::string operation = randomUuid();
  const auto first = rig.engine->sandboxes().create(sandboxSpec(), operation);
  QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec(), operation)).code, ErrorCode::Conflict);
  QVERIFY(succeeds(first));
  QCOMPARE(rig.list().size(), 1U);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::CreateSandboxTest)
#include "createsandboxtest.moc"
