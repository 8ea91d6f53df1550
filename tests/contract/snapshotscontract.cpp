// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/snapshotscontract.h"

#include <set>

#include "tests/support/builders.h"

namespace terrarium {

using Names = std::vector<std::string>;

SnapshotInfo SnapshotsContract::taken(const SandboxId& id, const SnapshotRequest& request) {
  auto answer = await(facade().snapshots().take(id, *SnapshotSpec::parse(request)));
  if (!answer) qFatal("a test needs a snapshot and cannot have one: %s", answer.error().message.c_str());
  return answer->info;
}

std::vector<std::string> SnapshotsContract::listed(const std::optional<SandboxId>& sandbox) {
  const auto answer = await(facade().snapshots().list(sandbox));
  if (!answer) return {"error: " + answer.error().message};
  Names names;
  for (const auto& info : *answer) names.push_back(info.name.value());
  return names;
}

void SnapshotsContract::anActiveOneStaysActive() {
  const auto box = made(sandboxSpec("web"));
  EventLog log(facade().events());
  const auto info = taken(box.id, {std::nullopt, "before", std::nullopt});
  QCOMPARE(info.status, SnapshotStatus::Ready);
  QCOMPARE(info.name.value(), std::string("before"));
  QCOMPARE(info.sandboxId, box.id);
  QCOMPARE(info.sandboxName, std::string("web"));
  QCOMPARE(info.templateId, box.templateId);
  QCOMPARE(info.size, box.size);
  QVERIFY(info.readyAt && *info.readyAt >= info.createdAt);
  QCOMPARE(*await(facade().snapshots().get(info.id)), info);
  QCOMPARE(stateOf(box.id), SandboxState::Active);
  const auto isOver = [&log] {
    return std::any_of(log.progress.begin(), log.progress.end(),
                       [](const auto& each) { return each.kind == OperationKind::Snapshot && each.finished; });
  };
  QVERIFY(waitFor(isOver));
}

void SnapshotsContract::aPausedOneStaysPaused() {
  const auto box = madePaused(sandboxSpec("web"));
  const auto info = taken(box.id);
  QCOMPARE(info.status, SnapshotStatus::Ready);
  QVERIFY(info.id.value() != box.snapshotId);
  QCOMPARE(stateOf(box.id), SandboxState::Paused);
}

void SnapshotsContract::withoutANameItIsCalledLikeTheSandbox() {
  QCOMPARE(taken(made(sandboxSpec("web")).id).name.value(), std::string("web"));
}

void SnapshotsContract::theSameKeyTakesNothingNew() {
  const auto box = made(sandboxSpec("web"));
  const auto first = taken(box.id, {std::nullopt, "one", "key"});
  const auto again = await(facade().snapshots().take(box.id, *SnapshotSpec::parse({std::nullopt, "two", "key"})));
  VERIFY_WENT_WELL(again);
  QVERIFY(again->isRepeated);
  QCOMPARE(again->info, first);
  const auto other = await(facade().snapshots().take(box.id, *SnapshotSpec::parse({std::nullopt, "two", "other"})));
  VERIFY_WENT_WELL(other);
  QVERIFY(!other->isRepeated);
  // A key counts for one sandbox.
  QVERIFY(taken(made(sandboxSpec("mail")).id, {std::nullopt, "one", "key"}).id != first.id);
}

void SnapshotsContract::unknownOnesAreNotFound() {
  auto& snapshots = facade().snapshots();
  const auto id = SnapshotId::random();
  COMPARE_PROBLEM(await(snapshots.get(id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(snapshots.rename(id, *SnapshotName::parse("x"))), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(snapshots.remove(id)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(snapshots.take(sandboxId(404), *SnapshotSpec::parse({}))), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(snapshots.list(sandboxId(404))), ErrorCode::NotFound);
  QCOMPARE(listed(std::nullopt), Names{});
}

void SnapshotsContract::theNewestIsListedFirst() {
  const auto web = made(sandboxSpec("web"));
  const auto mail = made(sandboxSpec("mail"));
  for (const auto* name : {"one", "two"}) (void)taken(web.id, {std::nullopt, name, std::nullopt});
  (void)taken(mail.id, {std::nullopt, "three", std::nullopt});
  QCOMPARE(listed(web.id), (Names{"two", "one"}));
  QCOMPARE(listed(mail.id), (Names{"three"}));
  QCOMPARE(listed(std::nullopt), (Names{"three", "two", "one"}));
}

void SnapshotsContract::itCanBeRenamedAndRemoved() {
  const auto box = made(sandboxSpec("web"));
  const auto info = taken(box.id);
  const auto renamed = await(facade().snapshots().rename(info.id, *SnapshotName::parse("B\xC3\xBC"
                                                                                       "cher")));
  VERIFY_WENT_WELL(renamed);
  QCOMPARE(renamed->name.value(), std::string("B\xC3\xBC"
                                              "cher"));
  QCOMPARE(*await(facade().snapshots().get(info.id)), *renamed);
  VERIFY_WENT_WELL(await(facade().snapshots().remove(info.id)));
  COMPARE_PROBLEM(await(facade().snapshots().get(info.id)), ErrorCode::NotFound);
  QCOMPARE(listed(box.id), Names{});
  QCOMPARE(stateOf(box.id), SandboxState::Active);
}

void SnapshotsContract::itOutlivesItsSandbox() {
  const auto box = made(sandboxSpec("web"));
  const auto info = taken(box.id);
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(box.id)));
  QCOMPARE(listed(box.id), (Names{"web"}));
  QCOMPARE(*await(facade().snapshots().get(info.id)), info);
}

void SnapshotsContract::aSandboxCanBeCreatedFromIt() {
  const auto box = made(sandboxSpec("web"));
  const auto info = taken(box.id);
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(box.id)));
  auto request = sandboxRequest("copy");
  request.fromTemplate.reset();
  request.fromSnapshot = info.id.value();
  const auto created = await(facade().sandboxes().create(sandboxSpec(request)));
  VERIFY_WENT_WELL(created);
  QCOMPARE(created->state, SandboxState::Active);
  QCOMPARE(created->sourceSnapshotId, info.id.value());
  QCOMPARE(created->templateName, box.templateName);
  QCOMPARE(created->size, box.size);
  // What was made from it does not need it any more.
  VERIFY_WENT_WELL(await(facade().snapshots().remove(info.id)));
  QCOMPARE(stateOf(created->id), SandboxState::Active);
}

void SnapshotsContract::anUnknownSnapshotCreatesNothing() {
  auto request = sandboxRequest("copy");
  request.fromTemplate.reset();
  request.fromSnapshot = SnapshotId::random().value();
  COMPARE_PROBLEM(await(facade().sandboxes().create(sandboxSpec(request))), ErrorCode::NotFound);
  QCOMPARE(await(facade().sandboxes().list({}))->total, std::size_t{0});
}

void SnapshotsContract::aForkGivesClonesOfTheirOwn() {
  auto request = sandboxRequest("web");
  request.metadata = {{"team", "core"}};
  const auto box = made(sandboxSpec(request));
  const auto clones = await(facade().sandboxes().fork(box.id, *ForkSpec::parse({2, "try"})));
  VERIFY_WENT_WELL(clones);
  QCOMPARE(clones->size(), std::size_t{2});
  std::set<SandboxId> ids{box.id};
  for (const auto& clone : *clones) {
    ids.insert(clone.id);
    QCOMPARE(clone.state, SandboxState::Active);
    QCOMPARE(clone.metadata, box.metadata);
    QCOMPARE(clone.templateName, box.templateName);
    QCOMPARE(*await(facade().sandboxes().get(clone.id)), clone);
  }
  QCOMPARE(ids.size(), std::size_t{3});
  QCOMPARE(clones->front().name.value(), std::string("try 1"));
  QCOMPARE(clones->back().name.value(), std::string("try 2"));
  QCOMPARE(stateOf(box.id), SandboxState::Active);
  QCOMPARE(exec(clones->front().id, "echo here").out, QByteArray("here\n"));
}

void SnapshotsContract::aPausedOneCanBeForked() {
  const auto box = madePaused(sandboxSpec("web"));
  const auto clones = await(facade().sandboxes().fork(box.id, *ForkSpec::parse({})));
  VERIFY_WENT_WELL(clones);
  QCOMPARE(clones->size(), std::size_t{1});
  QCOMPARE(clones->front().name.value(), std::string("web fork"));
  QCOMPARE(clones->front().state, SandboxState::Active);
  QVERIFY(!clones->front().pausedAt);
  QCOMPARE(stateOf(box.id), SandboxState::Paused);
}

void SnapshotsContract::anUnknownSandboxIsNotForked() {
  COMPARE_PROBLEM(await(facade().sandboxes().fork(sandboxId(404), *ForkSpec::parse({}))), ErrorCode::NotFound);
}

}  // namespace terrarium
