// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/sandboxescontract.h"

#include <algorithm>

#include "tests/support/builders.h"

namespace terrarium {

namespace {

std::vector<std::string> namesOf(const Result<SandboxPage>& page) {
  std::vector<std::string> names;
  if (!page) return {"error: " + page.error().message};
  for (const auto& info : page->items) names.push_back(info.name.value());
  return names;
}

using Names = std::vector<std::string>;

SandboxRequest tagged(const std::string& name, const std::map<std::string, std::string>& metadata) {
  auto request = sandboxRequest(name);
  request.metadata = metadata;
  return request;
}

}  // namespace

void SandboxesContract::createGivesWhatWasAskedFor() {
  SandboxRequest request;
  request.name =
      "B\xC3\xBC"
      "cher \xF0\x9F\x90\xA2";
  request.fromTemplate = "superserve/base";
  request.timeoutSeconds = 3600;
  request.autoDeleteSeconds = 60;
  request.metadata = {{"team", "core"}, {"count", "42"}};
  request.envVars = {{"GREETING", "hello"}};
  request.allowOut = {"api.example.com", "*.example.org", "203.0.113.0/24"};
  request.denyOut = {"0.0.0.0/0"};
  const auto spec = sandboxSpec(request);
  const auto created = await(facade().sandboxes().create(spec));
  VERIFY_WENT_WELL(created);
  QCOMPARE(created->name, spec.name());
  QCOMPARE(created->state, SandboxState::Active);
  QCOMPARE(created->templateName, std::string("superserve/base"));
  QCOMPARE(created->timeout, spec.timeout());
  QCOMPARE(created->autoDelete, spec.autoDelete());
  QCOMPARE(created->metadata, spec.metadata());
  QCOMPARE(created->egress, spec.egress());
  const auto from = await(facade().templates().get(spec.fromTemplate()));
  VERIFY_WENT_WELL(from);
  QCOMPARE(created->size, from->size);

  const auto got = await(facade().sandboxes().get(created->id));
  VERIFY_WENT_WELL(got);
  QCOMPARE(*got, *created);
}

void SandboxesContract::withoutATemplateTheBaseIsTaken() {
  const auto info = made(sandboxSpec("plain"));
  QCOMPARE(info.templateName, std::string(TemplateRef::kDefaultName));
  QVERIFY(!info.timeout && !info.autoDelete && !info.deadline());
  QVERIFY(info.egress.isDefault());
  QVERIFY(info.metadata.entries().empty());
}

void SandboxesContract::anUnknownTemplateIsNotFound() {
  auto request = sandboxRequest();
  request.fromTemplate = "no-such-template";
  COMPARE_PROBLEM(await(facade().sandboxes().create(sandboxSpec(request))), ErrorCode::NotFound);
  request.fromTemplate = sandboxId(7).value();
  COMPARE_PROBLEM(await(facade().sandboxes().create(sandboxSpec(request))), ErrorCode::NotFound);
  QCOMPARE(await(facade().sandboxes().list({}))->total, std::size_t{0});
}

void SandboxesContract::anUnknownSecretIsNamed() {
  auto request = sandboxRequest();
  request.secrets = {{"TOKEN", "no-such-secret"}};
  const auto created = await(facade().sandboxes().create(sandboxSpec(request)));
  COMPARE_PROBLEM(created, ErrorCode::UnknownReference);
  QVERIFY2(created.error().message.find("no-such-secret") != std::string::npos, created.error().message.c_str());
}

void SandboxesContract::namesNeedNotBeUnique() {
  const auto first = made(sandboxSpec("twin"));
  const auto second = made(sandboxSpec("twin"));
  QVERIFY(first.id != second.id);
  QCOMPARE(await(facade().sandboxes().list({}))->total, std::size_t{2});
}

void SandboxesContract::anUnknownSandboxIsNotFound() {
  auto& sandboxes = facade().sandboxes();
  const auto id = sandboxId(404);
  PatchRequest patch;
  patch.metadata.emplace();
  COMPARE_PROBLEM(await(sandboxes.get(id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(sandboxes.update(id, sandboxPatch(patch))), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(sandboxes.pause(id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(sandboxes.resume(id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(sandboxes.activate(id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(sandboxes.remove(id)), ErrorCode::NotFound);
}

void SandboxesContract::aCancelledCreateLeavesNothing() {
  const auto operation = randomUuid();
  EventLog log(facade().events());
  const auto pending = facade().sandboxes().create(sandboxSpec("never"), operation);
  QVERIFY(waitFor([&] { return !log.progressOf(operation).empty(); }));
  VERIFY_WENT_WELL(await(facade().sandboxes().cancel(operation)));
  COMPARE_PROBLEM(await(pending), ErrorCode::Cancelled);
  QVERIFY(waitFor([&] { return await(facade().sandboxes().list({}))->total == 0; }));
  QVERIFY(waitFor([&] { return log.progressOf(operation).back().finished; }));
  QVERIFY(log.progressOf(operation).back().error.has_value());
}

void SandboxesContract::onlyWhatRunsCanBeCancelled() {
  COMPARE_PROBLEM(await(facade().sandboxes().cancel(randomUuid())), ErrorCode::NotFound);
  const auto operation = randomUuid();
  const auto created = await(facade().sandboxes().create(sandboxSpec(), operation));
  VERIFY_WENT_WELL(created);
  COMPARE_PROBLEM(await(facade().sandboxes().cancel(operation)), ErrorCode::NotFound);
  QCOMPARE(stateOf(created->id), SandboxState::Active);
}

void SandboxesContract::theNewestIsListedFirst() {
  for (const auto* name : {"one", "two", "three"}) (void)made(sandboxSpec(name));
  SandboxQuery query;
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"three", "two", "one"}));
  query.ascending = true;
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"one", "two", "three"}));
}

void SandboxesContract::metadataFiltersExactly() {
  (void)made(sandboxSpec(tagged("a", {{"team", "core"}, {"count", "42"}})));
  (void)made(sandboxSpec(tagged("b", {{"team", "core"}, {"count", "42.0"}})));
  (void)made(sandboxSpec(tagged("c", {{"team", "Core"}, {"odd key&=%", "\xC3\xA4 +"}})));
  SandboxQuery query;
  query.metadata = {{"team", "core"}};
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"b", "a"}));
  query.metadata = {{"team", "core"}, {"count", "42"}};
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"a"}));
  query.metadata = {{"odd key&=%", "\xC3\xA4 +"}};
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"c"}));
  query.metadata = {{"absent", ""}};
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), Names{});
}

void SandboxesContract::namesFilterByPartOfThem() {
  for (const auto* name : {"Agent one", "agent two", "100% other"}) (void)made(sandboxSpec(name));
  SandboxQuery query;
  query.nameContains = "AGENT";
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"agent two", "Agent one"}));
  query.nameContains = "%";
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"100% other"}));
}

void SandboxesContract::statusFilters() {
  (void)made(sandboxSpec("awake"));
  (void)madePaused(sandboxSpec("asleep"));
  SandboxQuery query;
  query.status = "paused";
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"asleep"}));
  query.status = "active";
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"awake"}));
  query.status = "failed";
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), Names{});
}

void SandboxesContract::anUnknownStatusIsRefused() {
  SandboxQuery query;
  query.status = "asleep";
  COMPARE_PROBLEM(await(facade().sandboxes().list(query)), ErrorCode::BadRequest);
}

void SandboxesContract::namesSortBothWays() {
  for (const auto* name : {"beta", "alpha", "gamma"}) (void)made(sandboxSpec(name));
  SandboxQuery query;
  query.sort = SandboxSort::Name;
  query.ascending = true;
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"alpha", "beta", "gamma"}));
  query.ascending = false;
  QCOMPARE(namesOf(await(facade().sandboxes().list(query))), (Names{"gamma", "beta", "alpha"}));
}

void SandboxesContract::limitAndOffsetCutAPageOutOfTheTotal() {
  for (const auto* name : {"a", "b", "c", "d"}) (void)made(sandboxSpec(name));
  SandboxQuery query;
  query.sort = SandboxSort::Name;
  query.ascending = true;
  query.limit = 2;
  query.offset = 1;
  const auto page = await(facade().sandboxes().list(query));
  QCOMPARE(namesOf(page), (Names{"b", "c"}));
  QCOMPARE(page->total, std::size_t{4});
  query.offset = 4;
  const auto beyond = await(facade().sandboxes().list(query));
  QCOMPARE(namesOf(beyond), Names{});
  QCOMPARE(beyond->total, std::size_t{4});
}

void SandboxesContract::pauseEndsInASnapshot() {
  const auto active = made(sandboxSpec());
  QVERIFY(!active.pausedAt);
  VERIFY_WENT_WELL(await(facade().sandboxes().pause(active.id)));
  const auto paused = await(facade().sandboxes().get(active.id));
  VERIFY_WENT_WELL(paused);
  QCOMPARE(paused->state, SandboxState::Paused);
  QVERIFY(isUuid(paused->snapshotId));
  QVERIFY(paused->pausedAt.has_value());
}

void SandboxesContract::onlyAnActiveOneCanBePaused() {
  const auto paused = madePaused(sandboxSpec());
  COMPARE_PROBLEM(await(facade().sandboxes().pause(paused.id)), ErrorCode::Conflict);
  QCOMPARE(stateOf(paused.id), SandboxState::Paused);
}

void SandboxesContract::ofTwoPausesAtOnceOneIsRefused() {
  const auto info = made(sandboxSpec());
  const auto first = facade().sandboxes().pause(info.id);
  const auto second = facade().sandboxes().pause(info.id);
  const auto firstAnswer = await(first);
  const auto secondAnswer = await(second);
  QVERIFY(firstAnswer.has_value() != secondAnswer.has_value());
  COMPARE_PROBLEM(firstAnswer ? secondAnswer : firstAnswer, ErrorCode::Conflict);
  QCOMPARE(stateOf(info.id), SandboxState::Paused);
}

void SandboxesContract::resumeMakesItActiveAgain() {
  const auto paused = madePaused(sandboxSpec());
  const auto resumed = await(facade().sandboxes().resume(paused.id));
  VERIFY_WENT_WELL(resumed);
  QCOMPARE(resumed->state, SandboxState::Active);
  QCOMPARE(resumed->id, paused.id);
  QCOMPARE(stateOf(paused.id), SandboxState::Active);
  QCOMPARE(exec(paused.id, "echo again").out, QByteArray("again\n"));
}

void SandboxesContract::onlyAPausedOneCanBeResumed() {
  const auto active = made(sandboxSpec());
  COMPARE_PROBLEM(await(facade().sandboxes().resume(active.id)), ErrorCode::Conflict);
  QCOMPARE(stateOf(active.id), SandboxState::Active);
}

void SandboxesContract::activateIsFineWithActiveAndPaused() {
  const auto info = made(sandboxSpec());
  const auto whileActive = await(facade().sandboxes().activate(info.id));
  VERIFY_WENT_WELL(whileActive);
  QCOMPARE(whileActive->id, info.id);
  VERIFY_WENT_WELL(await(facade().sandboxes().pause(info.id)));
  const auto whilePaused = await(facade().sandboxes().activate(info.id));
  VERIFY_WENT_WELL(whilePaused);
  QCOMPARE(whilePaused->state, SandboxState::Active);
}

void SandboxesContract::activateWaitsForAPause() {
  const auto info = made(sandboxSpec());
  EventLog log(facade().events());
  const auto pause = facade().sandboxes().pause(info.id);
  QVERIFY(waitFor([&] { return !log.statesOf(info.id).empty(); }));
  const auto activated = await(facade().sandboxes().activate(info.id));
  VERIFY_WENT_WELL(activated);
  QCOMPARE(activated->state, SandboxState::Active);
  VERIFY_WENT_WELL(await(pause));
}

void SandboxesContract::aDeletedOneIsUnknown() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(info.id)));
  COMPARE_PROBLEM(await(facade().sandboxes().get(info.id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(facade().sandboxes().remove(info.id)), ErrorCode::NotFound);
  QCOMPARE(await(facade().sandboxes().list({}))->total, std::size_t{0});
}

void SandboxesContract::aPausedOneCanBeDeleted() {
  const auto info = madePaused(sandboxSpec());
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(info.id)));
  COMPARE_PROBLEM(await(facade().sandboxes().get(info.id)), ErrorCode::NotFound);
}

void SandboxesContract::aDeleteDuringAPauseIsRefusedOrComesAfterIt() {
  const auto info = made(sandboxSpec());
  const auto pause = facade().sandboxes().pause(info.id);
  const auto remove = await(facade().sandboxes().remove(info.id));
  (void)await(pause);
  if (remove) {
    COMPARE_PROBLEM(await(facade().sandboxes().get(info.id)), ErrorCode::NotFound);
  } else {
    COMPARE_PROBLEM(remove, ErrorCode::Conflict);
    QCOMPARE(stateOf(info.id), SandboxState::Paused);
  }
}

void SandboxesContract::theHardLifetimeDestroysActiveAndPausedOnes() {
  auto request = sandboxRequest("mortal");
  request.timeoutSeconds = fixture().shortLifetimeSeconds();
  EventLog log(facade().events());
  const auto active = made(sandboxSpec(request));
  const auto paused = madePaused(sandboxSpec(request));
  const auto immortal = made(sandboxSpec("immortal"));
  QVERIFY(waitFor([&] { return log.hasRemoved(active.id) && log.hasRemoved(paused.id); }));
  COMPARE_PROBLEM(await(facade().sandboxes().get(active.id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(facade().sandboxes().get(paused.id)), ErrorCode::NotFound);
  QCOMPARE(stateOf(immortal.id), SandboxState::Active);
}

void SandboxesContract::autoDeleteOfZeroDestroysOnPause() {
  auto request = sandboxRequest();
  request.autoDeleteSeconds = 0;
  const auto info = made(sandboxSpec(request));
  (void)await(facade().sandboxes().pause(info.id));
  QVERIFY(waitFor([&] { return stateOf(info.id) == SandboxState::Deleted; }));
}

}  // namespace terrarium
