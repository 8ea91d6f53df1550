// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/sandboxservice.h"
#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class SandboxServiceTest : public QObject {
  Q_OBJECT

 private slots:
  void metadataChangesInAnyState();
  void networkChangesOnlyWhileActive();
  void aTimeoutIsCountedFromCreation();
  void autoDeleteCountsAnewWhenPaused();
  void aPatchIsAllOrNothing();
  void aPatchThatCannotBeWrittenChangesNothing();
  void cancellingWhatDoesNotRunIsNotFound();
  void cancellingTooLateSaysSo();
  void filesOfAPausedSandboxAreOutOfReach();
  void pathsAreJudgedFirst();
};

namespace {

PatchRequest metadataPatch() {
  PatchRequest request;
  request.metadata = std::map<std::string, std::string>{{"team", "blue"}};
  return request;
}

PatchRequest networkPatch() {
  PatchRequest request;
  request.network = PatchRequest::Network{{"api.test"}, {}};
  return request;
}

PatchRequest timeoutPatch(std::int64_t seconds) {
  PatchRequest request;
  request.timeoutSeconds = std::optional<std::int64_t>(seconds);
  return request;
}

}  // namespace

void SandboxServiceTest::metadataChangesInAnyState() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  rig.announced.clear();
  QVERIFY(succeeds(rig.engine->sandboxes().update(info->id, sandboxPatch(metadataPatch()))));
  QCOMPARE(rig.get(info->id)->metadata.entries().at("team"), std::string("blue"));
  QCOMPARE(rig.sandboxStore.rows.at(info->id).info.metadata, rig.get(info->id)->metadata);
  QCOMPARE(rig.announced, std::vector<SandboxState>{SandboxState::Paused});
  QCOMPARE(errorOf(rig.engine->sandboxes().update(sandboxId(9), sandboxPatch(metadataPatch()))).code, ErrorCode::NotFound);
}

void SandboxServiceTest::networkChangesOnlyWhileActive() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->sandboxes().update(info->id, sandboxPatch(networkPatch()))));
  QCOMPARE(rig.get(info->id)->egress.allowOut(), std::vector<std::string>{"api.test"});
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  const auto error = errorOf(rig.engine->sandboxes().update(info->id, sandboxPatch(networkPatch())));
  QCOMPARE(error.code, ErrorCode::Conflict);
  QCOMPARE(error.message, std::string("Sandbox must be active to update network config"));
}

void SandboxServiceTest::aTimeoutIsCountedFromCreation() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.clock.advance(std::chrono::seconds(100));
  const auto error = errorOf(rig.engine->sandboxes().update(info->id, sandboxPatch(timeoutPatch(100))));
  QCOMPARE(error.code, ErrorCode::BadRequest);
  QCOMPARE(error.field, std::string("timeout_seconds"));
  QVERIFY(error.message.find("would destroy it now; delete it instead") != std::string::npos);
  QVERIFY(!rig.get(info->id)->timeout);
  QVERIFY(succeeds(rig.engine->sandboxes().update(info->id, sandboxPatch(timeoutPatch(101)))));
  QCOMPARE(*rig.get(info->id)->deadline(), info->createdAt + std::chrono::seconds(101));
}

void SandboxServiceTest::autoDeleteCountsAnewWhenPaused() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  rig.clock.advance(std::chrono::seconds(100));
  PatchRequest request;
  request.autoDeleteSeconds = std::optional<std::int64_t>(60);
  QVERIFY(succeeds(rig.engine->sandboxes().update(info->id, sandboxPatch(request))));
  QCOMPARE(*rig.get(info->id)->autoDeleteAt(), rig.clock.now() + std::chrono::seconds(60));
}

void SandboxServiceTest::aPatchIsAllOrNothing() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.clock.advance(std::chrono::seconds(100));
  auto request = metadataPatch();
  request.timeoutSeconds = std::optional<std::int64_t>(1);
  QCOMPARE(errorOf(rig.engine->sandboxes().update(info->id, sandboxPatch(request))).code, ErrorCode::BadRequest);
  QCOMPARE(*rig.get(info->id), *info);
}

void SandboxServiceTest::aPatchThatCannotBeWrittenChangesNothing() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  rig.script.failAt("store.save", 1, Error{ErrorCode::StorageFull, "no space", {}, {}});
  QCOMPARE(errorOf(rig.engine->sandboxes().update(info->id, sandboxPatch(metadataPatch()))).code, ErrorCode::StorageFull);
  QCOMPARE(*rig.get(info->id), *info);
}

void SandboxServiceTest::cancellingWhatDoesNotRunIsNotFound() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  QCOMPARE(errorOf(rig.engine->sandboxes().cancel(randomUuid())).code, ErrorCode::NotFound);
}

void SandboxServiceTest::cancellingTooLateSaysSo() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto operation = randomUuid();
  rig.script.hold("agent.assume");
  const auto creating = rig.engine->sandboxes().create(sandboxSpec(), operation);
  QTRY_VERIFY(rig.script.isHeld("agent.assume"));
  rig.script.hold("store.save");
  rig.script.release("agent.assume");
  QTRY_VERIFY(rig.script.isHeld("store.save"));
  const auto cancelling = rig.engine->sandboxes().cancel(operation);
  rig.script.release("store.save");
  QVERIFY(succeeds(creating));
  QCOMPARE(errorOf(cancelling).code, ErrorCode::Conflict);
}

void SandboxServiceTest::filesOfAPausedSandboxAreOutOfReach() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QVERIFY(succeeds(rig.engine->files().stat(info->id, "/etc/hostname")));
  const auto open = rig.engine->files().write(info->id, "/tmp/x");
  std::vector<Error> errors;
  const auto remember = [&](const Error& error) { errors.push_back(error); };
  connect(open.get(), &WriteStream::failed, this, remember);
  QVERIFY(succeeds(rig.engine->sandboxes().pause(info->id)));
  QTRY_COMPARE(errors.size(), 1U);
  const auto late = rig.engine->files().read(info->id, "/etc/hostname", {});
  connect(late.get(), &ReadStream::failed, this, remember);
  QTRY_COMPARE(errors.size(), 2U);
  for (const auto& error : errors) QCOMPARE(error.code, ErrorCode::NotRunning);
  QCOMPARE(errorOf(rig.engine->files().list(info->id, "/")).code, ErrorCode::NotRunning);
}

void SandboxServiceTest::pathsAreJudgedFirst() {
  EngineRig rig;
  QVERIFY(rig.startWithBase());
  const auto info = rig.create();
  QVERIFY(info);
  QCOMPARE(errorOf(rig.engine->files().stat(info->id, "relative")).code, ErrorCode::BadRequest);
  QCOMPARE(errorOf(rig.engine->files().list(info->id, "/a/../b")).field, std::string("path"));
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::SandboxServiceTest)
#include "sandboxservicetest.moc"
