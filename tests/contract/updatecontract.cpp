// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/updatecontract.h"

#include "tests/support/builders.h"

namespace terrarium {

namespace {

SandboxRequest fullRequest() {
  auto request = sandboxRequest();
  request.timeoutSeconds = 3600;
  request.autoDeleteSeconds = 600;
  request.metadata = {{"a", "1"}, {"b", "2"}};
  request.allowOut = {"api.example.com"};
  request.denyOut = {"0.0.0.0/0"};
  return request;
}

SandboxPatch metadataPatch(std::map<std::string, std::string> metadata) {
  PatchRequest request;
  request.metadata = std::move(metadata);
  return sandboxPatch(request);
}

SandboxPatch networkPatch(std::vector<std::string> allowOut, std::vector<std::string> denyOut) {
  PatchRequest request;
  request.network = PatchRequest::Network{std::move(allowOut), std::move(denyOut)};
  return sandboxPatch(request);
}

SandboxPatch timeoutPatch(std::optional<std::int64_t> seconds) {
  PatchRequest request;
  request.timeoutSeconds = seconds;
  return sandboxPatch(request);
}

SandboxPatch autoDeletePatch(std::optional<std::int64_t> seconds) {
  PatchRequest request;
  request.autoDeleteSeconds = seconds;
  return sandboxPatch(request);
}

}  // namespace

void UpdateContract::metadataIsReplacedAsAWhole() {
  const auto info = made(sandboxSpec(fullRequest()));
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, metadataPatch({{"b", "3"}}))));
  QCOMPARE(await(facade().sandboxes().get(info.id))->metadata.entries(), (Metadata::Entries{{"b", "3"}}));
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, metadataPatch({}))));
  QCOMPARE(await(facade().sandboxes().get(info.id))->metadata, Metadata::none());
}

void UpdateContract::metadataCanChangeWhilePaused() {
  const auto info = madePaused(sandboxSpec());
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, metadataPatch({{"k", "v"}}))));
  const auto changed = await(facade().sandboxes().get(info.id));
  QCOMPARE(changed->metadata.entries(), (Metadata::Entries{{"k", "v"}}));
  QCOMPARE(changed->state, SandboxState::Paused);
}

void UpdateContract::networkRulesAreReplacedAsAWhole() {
  const auto info = made(sandboxSpec(fullRequest()));
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, networkPatch({"other.example.com"}, {}))));
  QCOMPARE(await(facade().sandboxes().get(info.id))->egress, EgressRules::parse({"other.example.com"}, {}).value());
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, networkPatch({}, {}))));
  QVERIFY(await(facade().sandboxes().get(info.id))->egress.isDefault());
}

void UpdateContract::networkRulesChangeOnlyWhileActive() {
  const auto info = madePaused(sandboxSpec(fullRequest()));
  COMPARE_PROBLEM(await(facade().sandboxes().update(info.id, networkPatch({}, {}))), ErrorCode::Conflict);
  QCOMPARE(await(facade().sandboxes().get(info.id))->egress, info.egress);
}

void UpdateContract::aRefusedUpdateChangesNothing() {
  const auto info = madePaused(sandboxSpec(fullRequest()));
  PatchRequest request;
  request.metadata = Metadata::Entries{{"new", "value"}};
  request.network.emplace();
  request.timeoutSeconds = std::optional<std::int64_t>();
  COMPARE_PROBLEM(await(facade().sandboxes().update(info.id, sandboxPatch(request))), ErrorCode::Conflict);
  QCOMPARE(*await(facade().sandboxes().get(info.id)), info);
}

void UpdateContract::theTimeoutCanBeSetAndCleared() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, timeoutPatch(7200))));
  const auto limited = await(facade().sandboxes().get(info.id));
  QCOMPARE(limited->deadline(), std::optional<WallTime>(info.createdAt + std::chrono::hours(2)));
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, timeoutPatch(std::nullopt))));
  QVERIFY(!await(facade().sandboxes().get(info.id))->timeout);
}

void UpdateContract::aTimeoutThatIsOverAlreadyIsRefused() {
  const auto info = made(sandboxSpec());
  QVERIFY(waitFor([&] { return SystemClock().now() > info.createdAt + std::chrono::milliseconds(1100); }));
  const auto updated = await(facade().sandboxes().update(info.id, timeoutPatch(1)));
  COMPARE_PROBLEM(updated, ErrorCode::BadRequest);
  QVERIFY2(updated.error().message.find("delete it instead") != std::string::npos, updated.error().message.c_str());
  QCOMPARE(stateOf(info.id), SandboxState::Active);
}

void UpdateContract::autoDeleteCanBeSetAndCleared() {
  const auto info = made(sandboxSpec());
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, autoDeletePatch(90))));
  QCOMPARE(await(facade().sandboxes().get(info.id))->autoDelete, std::optional<AutoDelete>(AutoDelete::parse(90).value()));
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, autoDeletePatch(std::nullopt))));
  QVERIFY(!await(facade().sandboxes().get(info.id))->autoDelete);
}

void UpdateContract::autoDeleteOfAPausedOneCountsFromTheChange() {
  const auto info = madePaused(sandboxSpec());
  QVERIFY(waitFor([&] { return SystemClock().now() > *info.pausedAt + std::chrono::milliseconds(1100); }));
  const auto before = SystemClock().now();
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, autoDeletePatch(100))));
  const auto end = await(facade().sandboxes().get(info.id))->autoDeleteAt();
  QVERIFY(end.has_value());
  // Times on the wire may be cut to whole seconds.
  QVERIFY(*end > before + std::chrono::seconds(99));
  QVERIFY(*end <= SystemClock().now() + std::chrono::seconds(100));
}

void UpdateContract::whatIsNotNamedStays() {
  const auto info = made(sandboxSpec(fullRequest()));
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, metadataPatch({{"c", "3"}}))));
  auto expected = info;
  expected.metadata = Metadata::parse({{"c", "3"}}).value();
  QCOMPARE(*await(facade().sandboxes().get(info.id)), expected);
}

}  // namespace terrarium
