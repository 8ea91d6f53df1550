// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class BuildTemplateTest : public QObject {
  Q_OBJECT

 private slots:
  void aBuiltTemplateIsReady();
  void tellsStagesAndLog();
  void leavesNothingWhenAStepFails_data();
  void leavesNothingWhenAStepFails();
  void leavesNothingWhenCancelled_data();
  void leavesNothingWhenCancelled();
  void aSecondRequestJoinsTheFirst();
  void buildsOneAfterTheOther();
  void aBuildThatWaitsCanBeCancelled();
  void failsWhenTheDiskIsFullMeanwhile();
  void isReadyStillWhileItIsRebuilt();
  void theSnapshotBeforeGoesAfterARebuild();
  void isStaleWhenMadeFromSomethingElse_data();
  void isStaleWhenMadeFromSomethingElse();
  void staysReadyOverARestart();
};

namespace {

TemplateRef base() { return TemplateRef::defaultTemplate(); }

TemplateInfo infoOf(EngineRig& rig, const TemplateRef& ref = base()) {
  const auto answer = answerOf(rig.engine->templates().get(ref));
  return answer && *answer ? **answer : TemplateInfo{};
}

QStringList built() {
  return {QStringLiteral("images.make"),     QStringLiteral("snapshots.addBaseLayer"), QStringLiteral("snapshots.prepareBoot"),
          QStringLiteral("hypervisor.boot"), QStringLiteral("agents.connect"),         QStringLiteral("agent.assume"),
          QStringLiteral("agent.settle"),    QStringLiteral("machine.standStill"),     QStringLiteral("machine.saveState"),
          QStringLiteral("snapshots.commit")};
}

}  // namespace

void BuildTemplateTest::aBuiltTemplateIsReady() {
  EngineRig rig;
  QVERIFY(rig.start());
  QCOMPARE(infoOf(rig).status, TemplateStatus::Pending);
  const auto answer = answerOf(rig.engine->templates().build(base()));
  QVERIFY(answer && *answer);
  QCOMPARE((*answer)->status, TemplateStatus::Ready);
  QCOMPARE(infoOf(rig), **answer);
  QCOMPARE((*answer)->sizeBytes, 123'456);
  QVERIFY((*answer)->builtAt);
  QVERIFY(!(*answer)->latestBuildId.empty());
  const auto& plan = rig.hypervisor.plans.at(0);
  QCOMPARE(plan.kernel, QStringLiteral("/cache/vmlinuz"));
  QCOMPARE(plan.initramfs, QStringLiteral("/cache/initramfs"));
  QCOMPARE(rig.script.count("agent.run"), 2);
  const auto& manifest = rig.snapshots.snapshots.at(rig.baseSnapshot());
  QCOMPARE(manifest.contentHash, std::string("hash-1"));
  QCOMPARE(manifest.kernelVersion, std::string("6.1"));
  QVERIFY(manifest.facts == rig.hypervisor.machineFacts);
  QVERIFY(rig.hypervisor.processes.empty());
  QVERIFY(rig.snapshots.workDirectories.empty());
}

void BuildTemplateTest::tellsStagesAndLog() {
  EngineRig rig;
  QVERIFY(rig.start());
  QVERIFY(succeeds(rig.engine->templates().build(base())));
  bool logged = false;
  bool fraction = false;
  for (const auto& now : rig.progress) {
    QCOMPARE(now.kind, OperationKind::BuildTemplate);
    QCOMPARE(now.subjectName, std::string("superserve/base"));
    QVERIFY(now.stageIndex < now.stageCount);
    logged = logged || now.logLine == "a line of the log";
    fraction = fraction || now.fraction == 0.5;
  }
  QVERIFY(logged);
  QVERIFY(fraction);
  QVERIFY(rig.progress.back().finished);
}

void BuildTemplateTest::leavesNothingWhenAStepFails_data() {
  QTest::addColumn<QString>("call");
  for (const auto& call : built()) QTest::newRow(qPrintable(call)) << call;
  QTest::newRow("templateStore.save") << "templateStore.save";
}

void BuildTemplateTest::leavesNothingWhenAStepFails() {
  QFETCH(QString, call);
  EngineRig rig;
  QVERIFY(rig.start());
  rig.script.failAt(call.toStdString(), 1, Error{ErrorCode::StorageFull, "no space", {}, {}});
  const auto error = errorOf(rig.engine->templates().build(base()));
  QCOMPARE(error.code, ErrorCode::StorageFull);
  QVERIFY2(QString::fromStdString(error.message).contains(QLatin1String("_failed: no space")), error.message.c_str());
  QCOMPARE(infoOf(rig).status, TemplateStatus::Failed);
  QCOMPARE(infoOf(rig).problem, error.message);
  QVERIFY(rig.hypervisor.processes.empty());
  QVERIFY(rig.snapshots.workDirectories.empty());
  QVERIFY(rig.snapshots.snapshots.empty());
  QVERIFY(rig.templateStore.rows.empty());
  QVERIFY(succeeds(rig.engine->templates().build(base())));
}

void BuildTemplateTest::leavesNothingWhenCancelled_data() {
  QTest::addColumn<QString>("call");
  for (const auto& call : built()) QTest::newRow(qPrintable(call)) << call;
}

void BuildTemplateTest::leavesNothingWhenCancelled() {
  QFETCH(QString, call);
  EngineRig rig;
  rig.config.bootLimit = std::chrono::milliseconds(5000);
  QVERIFY(rig.start());
  rig.script.hold(call.toStdString());
  const auto building = rig.engine->templates().build(base());
  QTRY_VERIFY(rig.script.isHeld(call.toStdString()));
  const auto cancelling = rig.engine->templates().cancelBuild(base());
  rig.script.release(call.toStdString());
  QVERIFY(succeeds(cancelling));
  QCOMPARE(errorOf(building).code, ErrorCode::Cancelled);
  QCOMPARE(infoOf(rig).status, TemplateStatus::Pending);
  QVERIFY(rig.hypervisor.processes.empty());
  QVERIFY(rig.snapshots.workDirectories.empty());
  QVERIFY(rig.snapshots.snapshots.empty());
}

void BuildTemplateTest::aSecondRequestJoinsTheFirst() {
  EngineRig rig;
  QVERIFY(rig.start());
  const auto first = rig.engine->templates().build(base());
  const auto second = rig.engine->templates().build(base());
  QVERIFY(succeeds(first));
  QVERIFY(succeeds(second));
  QCOMPARE(rig.script.count("images.make"), 1);
}

void BuildTemplateTest::buildsOneAfterTheOther() {
  EngineRig rig;
  QVERIFY(rig.start());
  rig.script.hold("hypervisor.boot");
  const auto first = rig.engine->templates().build(base());
  const auto second = rig.engine->templates().build(*TemplateRef::parse("superserve/python-3.11"));
  QTRY_VERIFY(rig.script.isHeld("hypervisor.boot"));
  QCOMPARE(rig.script.count("images.make"), 1);
  QCOMPARE(infoOf(rig, *TemplateRef::parse("superserve/python-3.11")).status, TemplateStatus::Building);
  rig.script.release("hypervisor.boot");
  QVERIFY(succeeds(first));
  QVERIFY(succeeds(second));
  QCOMPARE(rig.script.count("images.make"), 2);
}

void BuildTemplateTest::aBuildThatWaitsCanBeCancelled() {
  EngineRig rig;
  QVERIFY(rig.start());
  const auto python = *TemplateRef::parse("superserve/python-3.11");
  rig.script.hold("hypervisor.boot");
  const auto first = rig.engine->templates().build(base());
  const auto second = rig.engine->templates().build(python);
  QTRY_VERIFY(rig.script.isHeld("hypervisor.boot"));
  QVERIFY(succeeds(rig.engine->templates().cancelBuild(python)));
  QCOMPARE(errorOf(second).code, ErrorCode::Cancelled);
  QCOMPARE(infoOf(rig, python).status, TemplateStatus::Pending);
  rig.script.release("hypervisor.boot");
  QVERIFY(succeeds(first));
}

void BuildTemplateTest::failsWhenTheDiskIsFullMeanwhile() {
  EngineRig rig;
  QVERIFY(rig.start());
  rig.script.hold("agents.connect");
  const auto building = rig.engine->templates().build(base());
  QTRY_VERIFY(rig.script.isHeld("agents.connect"));
  emit rig.hypervisor.last->outOfSpace();
  QCOMPARE(errorOf(building).code, ErrorCode::StorageFull);
  QCOMPARE(infoOf(rig).status, TemplateStatus::Failed);
  QCOMPARE(rig.litter(), std::string());
}

void BuildTemplateTest::isReadyStillWhileItIsRebuilt() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold("hypervisor.boot");
  const auto building = rig.engine->templates().build(base());
  QTRY_VERIFY(rig.script.isHeld("hypervisor.boot"));
  QCOMPARE(infoOf(rig).status, TemplateStatus::Ready);
  QVERIFY(rig.create());
  rig.script.release("hypervisor.boot");
  QVERIFY(succeeds(building));
}

void BuildTemplateTest::theSnapshotBeforeGoesAfterARebuild() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto before = rig.baseSnapshot();
  // A create that copies it at that moment keeps it for as long as it needs it.
  rig.script.hold("snapshots.checkOut");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec());
  QTRY_VERIFY(rig.script.isHeld("snapshots.checkOut"));
  QVERIFY(succeeds(rig.engine->templates().build(base())));
  QVERIFY(rig.baseSnapshot() != before);
  QVERIFY(rig.snapshots.snapshots.contains(before));
  rig.script.release("snapshots.checkOut");
  QVERIFY(succeeds(creating));
  QTRY_VERIFY(!rig.snapshots.snapshots.contains(before));
}

void BuildTemplateTest::isStaleWhenMadeFromSomethingElse_data() {
  QTest::addColumn<QString>("what");
  QTest::newRow("content") << "content";
  QTest::newRow("hypervisor") << "hypervisor";
  QTest::newRow("lost") << "lost";
}

void BuildTemplateTest::isStaleWhenMadeFromSomethingElse() {
  QFETCH(QString, what);
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  rig.kill();
  if (what == QLatin1String("content")) rig.images.hash = "hash-2";
  if (what == QLatin1String("hypervisor")) rig.hypervisor.machineFacts.qemuVersion = "8.0";
  if (what == QLatin1String("lost")) rig.snapshots.snapshots.clear();
  QVERIFY(rig.start());
  QCOMPARE(infoOf(rig).status, TemplateStatus::Pending);
  QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec())).code, ErrorCode::Conflict);
  QTRY_COMPARE(infoOf(rig).status, TemplateStatus::Ready);
  QVERIFY(rig.create());
}

void BuildTemplateTest::staysReadyOverARestart() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto before = infoOf(rig);
  rig.kill();
  QVERIFY(rig.start());
  QCOMPARE(infoOf(rig), before);
  QVERIFY(rig.create());
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::BuildTemplateTest)
#include "buildtemplatetest.moc"
