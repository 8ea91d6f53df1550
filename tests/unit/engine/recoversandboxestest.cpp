// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

/// The engine dies at every point of every operation; the next one finds a true state and leaves no process or file.
class RecoverSandboxesTest : public QObject {
  Q_OBJECT

 private slots:
  void anActiveSandboxIsSavedAndResumed();
  void anActiveSandboxWithoutItsMachineHasFailed();
  void anActiveSandboxWithoutItsMachineGoesBackToItsLastPause();
  void aMachineThatCannotBeSavedIsEnded();
  void diesDuringCreate_data();
  void diesDuringCreate();
  void diesDuringPause_data();
  void diesDuringPause();
  void diesDuringResume_data();
  void diesDuringResume();
  void diesDuringDelete_data();
  void diesDuringDelete();
  void diesDuringABuild();
  void aDeadlineThatPassedIsHonouredBeforeAnythingIsListed_data();
  void aDeadlineThatPassedIsHonouredBeforeAnythingIsListed();
  void sweepsWhatNothingNames();
  void doesNotStartWithAStoreThatCannotBeRead();
  void failedSandboxesStayListed();

 private:
  static void calls(const std::vector<const char*>& names) {
    QTest::addColumn<QString>("call");
    for (const auto* name : names) QTest::newRow(name) << QString::fromLatin1(name);
  }
};

namespace {

struct Rig : EngineRig {
  std::optional<SandboxInfo> info;
  bool ready() {
    if (!startWithBase()) return false;
    info = create();
    script.forget();
    return info.has_value();
  }
  bool pause() { return succeeds(engine->sandboxes().pause(info->id)); }
  bool resume() { return succeeds(engine->sandboxes().resume(info->id)); }
  /// Processes and folders that no active sandbox accounts for.
  bool tidy() {
    std::size_t active = 0;
    std::size_t snapshotsWanted = templateStore.rows.size();
    for (const auto& one : list()) {
      if (one.state == SandboxState::Active) ++active;
      if (!one.snapshotId.empty()) ++snapshotsWanted;
    }
    return hypervisor.processes.size() == active && snapshots.workDirectories.size() == active &&
           snapshots.snapshots.size() == snapshotsWanted;
  }
  void killWhileHeld() {
    kill();
    script = CallScript();
  }
};

}  // namespace

void RecoverSandboxesTest::anActiveSandboxIsSavedAndResumed() {
  Rig rig;
  QVERIFY(rig.ready());
  rig.kill();
  QCOMPARE(rig.hypervisor.processes.size(), 1U);
  QVERIFY(rig.start());
  // Listed at once, in a true state.
  QCOMPARE(rig.list().size(), 1U);
  QTRY_COMPARE(rig.get(rig.info->id)->state, SandboxState::Active);
  QCOMPARE(rig.script.count("machine.saveState"), 1);
  QCOMPARE(rig.script.count("snapshots.commit"), 1);
  QVERIFY(rig.tidy());
  QVERIFY(!rig.sandboxStore.rows.at(rig.info->id).resumeAtStart);
}

void RecoverSandboxesTest::anActiveSandboxWithoutItsMachineHasFailed() {
  Rig rig;
  QVERIFY(rig.ready());
  rig.kill();
  rig.hypervisor.processes.clear();
  QVERIFY(rig.start());
  QCOMPARE(rig.get(rig.info->id)->state, SandboxState::Failed);
  QVERIFY(!rig.get(rig.info->id)->problem.empty());
  QVERIFY(rig.tidy());
  QVERIFY(succeeds(rig.engine->sandboxes().remove(rig.info->id)));
}

void RecoverSandboxesTest::anActiveSandboxWithoutItsMachineGoesBackToItsLastPause() {
  Rig rig;
  QVERIFY(rig.ready() && rig.pause() && rig.resume());
  const auto snapshot = rig.get(rig.info->id)->snapshotId;
  rig.kill();
  rig.hypervisor.processes.clear();
  QVERIFY(rig.start());
  const auto now = rig.get(rig.info->id);
  QCOMPARE(now->state, SandboxState::Paused);
  QCOMPARE(now->snapshotId, snapshot);
  QVERIFY(now->problem.find("set back") != std::string::npos);
  // Nobody decides for its user to go on from an older state.
  QVERIFY(!rig.sandboxStore.rows.at(rig.info->id).resumeAtStart);
  QVERIFY(rig.tidy());
  QVERIFY(rig.resume());
}

void RecoverSandboxesTest::aMachineThatCannotBeSavedIsEnded() {
  Rig rig;
  QVERIFY(rig.ready());
  rig.kill();
  rig.script.failAlways("snapshots.commit", Error{ErrorCode::StorageFull, "no space", {}, {}});
  QVERIFY(rig.start());
  const auto now = rig.get(rig.info->id);
  QCOMPARE(now->state, SandboxState::Failed);
  QVERIFY(now->problem.find("no space") != std::string::npos);
  QVERIFY(rig.tidy());
}

void RecoverSandboxesTest::diesDuringCreate_data() {
  calls({"store.save", "snapshots.checkOut", "hypervisor.restore", "machine.run", "agents.connect", "agent.assume"});
}

void RecoverSandboxesTest::diesDuringCreate() {
  QFETCH(QString, call);
  Rig rig;
  QVERIFY(rig.startWithBase());
  rig.script.hold(call.toStdString());
  const auto creating = rig.engine->sandboxes().create(sandboxSpec());
  QTRY_VERIFY(rig.script.isHeld(call.toStdString()));
  rig.killWhileHeld();
  QVERIFY(rig.start());
  QCOMPARE(rig.litter(), std::string());
}

void RecoverSandboxesTest::diesDuringPause_data() {
  calls({"agent.settle", "machine.standStill", "machine.saveState", "snapshots.commit", "machine.end",
         "snapshots.removeWorkDirectory"});
}

void RecoverSandboxesTest::diesDuringPause() {
  QFETCH(QString, call);
  Rig rig;
  QVERIFY(rig.ready());
  rig.config.agentLimit = std::chrono::milliseconds(5000);
  rig.script.hold(call.toStdString());
  const auto pausing = rig.engine->sandboxes().pause(rig.info->id);
  QTRY_VERIFY(rig.script.isHeld(call.toStdString()));
  rig.killWhileHeld();
  QVERIFY(rig.start());
  // It was asked to be paused, and nothing resumes it.
  QCOMPARE(rig.get(rig.info->id)->state, SandboxState::Paused);
  QVERIFY(!rig.get(rig.info->id)->snapshotId.empty());
  QVERIFY(!rig.sandboxStore.rows.at(rig.info->id).resumeAtStart);
  QVERIFY(rig.tidy());
  QVERIFY(rig.resume());
}

void RecoverSandboxesTest::diesDuringResume_data() {
  calls({"snapshots.checkOut", "hypervisor.restore", "machine.run", "agents.connect", "agent.assume"});
}

void RecoverSandboxesTest::diesDuringResume() {
  QFETCH(QString, call);
  Rig rig;
  QVERIFY(rig.ready() && rig.pause());
  const auto snapshot = rig.get(rig.info->id)->snapshotId;
  rig.script.hold(call.toStdString());
  const auto resuming = rig.engine->sandboxes().resume(rig.info->id);
  QTRY_VERIFY(rig.script.isHeld(call.toStdString()));
  rig.killWhileHeld();
  QVERIFY(rig.start());
  // What was begun is finished.
  QTRY_COMPARE(rig.get(rig.info->id)->state, SandboxState::Active);
  QCOMPARE(rig.get(rig.info->id)->snapshotId, snapshot);
  QVERIFY(rig.tidy());
}

void RecoverSandboxesTest::diesDuringDelete_data() {
  calls({"machine.end", "snapshots.removeWorkDirectory", "snapshots.remove", "store.erase"});
}

void RecoverSandboxesTest::diesDuringDelete() {
  QFETCH(QString, call);
  Rig rig;
  QVERIFY(rig.ready() && rig.pause() && rig.resume());
  rig.script.hold(call.toStdString());
  const auto removing = rig.engine->sandboxes().remove(rig.info->id);
  QTRY_VERIFY(rig.script.isHeld(call.toStdString()));
  rig.killWhileHeld();
  QVERIFY(rig.start());
  QCOMPARE(rig.litter(), std::string());
}

void RecoverSandboxesTest::diesDuringABuild() {
  Rig rig;
  QVERIFY(rig.start());
  rig.script.hold("agents.connect");
  const auto building = rig.engine->templates().build(TemplateRef::defaultTemplate());
  QTRY_VERIFY(rig.script.isHeld("agents.connect"));
  rig.killWhileHeld();
  QCOMPARE(rig.hypervisor.processes.size(), 1U);
  QVERIFY(rig.start());
  QVERIFY(rig.hypervisor.processes.empty());
  QVERIFY(rig.snapshots.workDirectories.empty());
  QVERIFY(succeeds(rig.engine->templates().build(TemplateRef::defaultTemplate())));
}

void RecoverSandboxesTest::aDeadlineThatPassedIsHonouredBeforeAnythingIsListed_data() {
  QTest::addColumn<bool>("paused");
  QTest::newRow("active") << false;
  QTest::newRow("paused") << true;
}

void RecoverSandboxesTest::aDeadlineThatPassedIsHonouredBeforeAnythingIsListed() {
  QFETCH(bool, paused);
  Rig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.timeoutSeconds = 60;
  rig.info = rig.create(request);
  QVERIFY(rig.info);
  QVERIFY(rig.create());
  if (paused) QVERIFY(rig.pause());
  rig.kill();
  rig.clock.advance(std::chrono::seconds(60));
  QVERIFY(rig.start());
  QCOMPARE(rig.list().size(), 1U);
  QVERIFY(rig.list()[0].id != rig.info->id);
  QTRY_COMPARE(rig.list()[0].state, SandboxState::Active);
  QVERIFY(rig.tidy());
}

void RecoverSandboxesTest::sweepsWhatNothingNames() {
  Rig rig;
  QVERIFY(rig.ready() && rig.pause());
  rig.kill();
  rig.snapshots.workDirectories.insert(QStringLiteral("/work/left-over"));
  rig.snapshots.snapshots["left-over"] = {};
  QVERIFY(rig.start());
  QVERIFY(rig.tidy());
  QVERIFY(rig.resume());
}

void RecoverSandboxesTest::doesNotStartWithAStoreThatCannotBeRead() {
  Rig rig;
  QVERIFY(rig.ready() && rig.pause());
  rig.kill();
  rig.script.failAt("store.load", 1, Error{ErrorCode::FileSystem, "damaged", {}, {}});
  QVERIFY(!rig.start());
  // And above all nothing is swept then.
  QCOMPARE(rig.script.count("snapshots.sweep"), 0);
  QCOMPARE(rig.snapshots.snapshots.size(), 2U);
}

void RecoverSandboxesTest::failedSandboxesStayListed() {
  Rig rig;
  QVERIFY(rig.ready());
  rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QTRY_COMPARE(rig.get(rig.info->id)->state, SandboxState::Failed);
  const auto problem = rig.get(rig.info->id)->problem;
  QVERIFY(problem.find("It was killed.") != std::string::npos);
  rig.kill();
  QVERIFY(rig.start());
  QCOMPARE(rig.get(rig.info->id)->state, SandboxState::Failed);
  QCOMPARE(rig.get(rig.info->id)->problem, problem);
  QVERIFY(rig.tidy());
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::RecoverSandboxesTest)
#include "recoversandboxestest.moc"
