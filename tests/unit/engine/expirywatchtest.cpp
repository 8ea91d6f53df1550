// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class ExpiryWatchTest : public QObject {
  Q_OBJECT

 private slots:
  void theHardLifetimeDestroysWhateverTheState_data();
  void theHardLifetimeDestroysWhateverTheState();
  void nothingHappensBeforeTheDeadline();
  void aSandboxThatIsBeingCreatedGoesToo();
  void aSandboxThatIsBeingPausedGoesAfterwards();
  void pausedForTooLongIsDeleted();
  void autoDeleteOfZeroDeletesAsSoonAsPaused();
  void theEarlierDeadlineWins();
  void aClearedTimeoutIsForgotten();
};

namespace {

std::optional<SandboxInfo> createdWith(EngineRig& rig, std::optional<int> timeout, std::optional<int> autoDelete) {
  auto request = sandboxRequest();
  if (timeout) request.timeoutSeconds = *timeout;
  if (autoDelete) request.autoDeleteSeconds = *autoDelete;
  return rig.create(request);
}

}  // namespace

void ExpiryWatchTest::theHardLifetimeDestroysWhateverTheState_data() {
  QTest::addColumn<SandboxState>("state");
  QTest::newRow("active") << SandboxState::Active;
  QTest::newRow("paused") << SandboxState::Paused;
  QTest::newRow("failed") << SandboxState::Failed;
}

void ExpiryWatchTest::theHardLifetimeDestroysWhateverTheState() {
  QFETCH(SandboxState, state);
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = createdWith(rig, 60, {});
  QVERIFY(info);
  if (state == SandboxState::Paused) QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  if (state == SandboxState::Failed) rig.hypervisor.last->crash(QStringLiteral("It was killed."));
  QTRY_COMPARE(rig.get(info->id)->state, state);
  rig.clock.advance(std::chrono::seconds(60));
  QTRY_COMPARE(rig.litter(), std::string());
}

void ExpiryWatchTest::nothingHappensBeforeTheDeadline() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = createdWith(rig, 60, {});
  QVERIFY(info);
  rig.clock.advance(std::chrono::milliseconds(59'999));
  // A second one whose time is up shows that deadlines were looked at meanwhile.
  const auto other = createdWith(rig, 1, {});
  QVERIFY(other);
  rig.clock.advance(std::chrono::microseconds(999));
  QVERIFY(rig.get(info->id));
  rig.clock.advance(std::chrono::microseconds(1));
  QTRY_VERIFY(!rig.get(info->id));
  QVERIFY(rig.get(other->id));
}

void ExpiryWatchTest::aSandboxThatIsBeingCreatedGoesToo() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  auto request = sandboxRequest();
  request.timeoutSeconds = 1;
  rig.script.hold("agents.connect");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec(request));
  QTRY_VERIFY(rig.script.isHeld("agents.connect"));
  rig.clock.advance(std::chrono::seconds(1));
  const auto error = errorOf(creating);
  QCOMPARE(error.code, ErrorCode::Cancelled);
  QVERIFY(error.message.find("lifetime") != std::string::npos);
  QCOMPARE(rig.litter(), std::string());
}

void ExpiryWatchTest::aSandboxThatIsBeingPausedGoesAfterwards() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = createdWith(rig, 60, {});
  QVERIFY(info);
  rig.script.hold("machine.end");
  const auto pausing = rig.engine->sandboxes().pause(info->id);
  QTRY_VERIFY(rig.script.isHeld("machine.end"));
  rig.clock.advance(std::chrono::seconds(60));
  QCoreApplication::processEvents();
  rig.script.release("machine.end");
  QVERIFY(answerOf(pausing));
  QTRY_COMPARE(rig.litter(), std::string());
}

void ExpiryWatchTest::pausedForTooLongIsDeleted() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = createdWith(rig, {}, 60);
  QVERIFY(info);
  rig.clock.advance(std::chrono::hours(1));
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  QVERIFY(rig.get(info->id));
  rig.clock.advance(std::chrono::seconds(60));
  QTRY_COMPARE(rig.litter(), std::string());
}

void ExpiryWatchTest::autoDeleteOfZeroDeletesAsSoonAsPaused() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = createdWith(rig, {}, 0);
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  QTRY_COMPARE(rig.litter(), std::string());
}

void ExpiryWatchTest::theEarlierDeadlineWins() {
  SandboxRecord record{sandboxInfo(SandboxState::Paused)};
  const auto start = WallTime(std::chrono::seconds(1000));
  record.info.createdAt = start;
  record.info.pausedAt = start;
  record.info.timeout = *Timeout::parse(100);
  record.info.autoDelete = *AutoDelete::parse(50);
  QCOMPARE(*endOf(record), start + std::chrono::seconds(50));
  record.info.autoDelete = *AutoDelete::parse(200);
  QCOMPARE(*endOf(record), start + std::chrono::seconds(100));
  record.info.timeout.reset();
  QCOMPARE(*endOf(record), start + std::chrono::seconds(200));
  record.resumeAtStart = true;
  QVERIFY(!endOf(record));
  record.resumeAtStart = false;
  record.info.state = SandboxState::Active;
  QVERIFY(!endOf(record));
}

void ExpiryWatchTest::aClearedTimeoutIsForgotten() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = createdWith(rig, 60, {});
  const auto other = createdWith(rig, 60, {});
  QVERIFY(info && other);
  PatchRequest clear;
  clear.timeoutSeconds = std::optional<std::int64_t>();
  QVERIFY(succeeds(rig.engine->sandboxes().update(info->id, sandboxPatch(clear))));
  rig.clock.advance(std::chrono::seconds(60));
  QTRY_VERIFY(!rig.get(other->id));
  QVERIFY(rig.get(info->id));
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::ExpiryWatchTest)
#include "expirywatchtest.moc"
