// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/eventscontract.h"

#include <algorithm>

#include "tests/support/builders.h"

namespace terrarium {

using States = std::vector<SandboxState>;

void EventsContract::aCreateIsAnnouncedFromStartingToActive() {
  EventLog log(facade().events());
  const auto info = made(sandboxSpec());
  const States expected{SandboxState::Starting, SandboxState::Active};
  QVERIFY(waitFor([&] { return log.statesOf(info.id) == expected; }));
  QCOMPARE(log.changed.back().name, info.name);
}

void EventsContract::theStagesOfACreateComeInOrder() {
  const auto operation = randomUuid();
  EventLog log(facade().events());
  const auto created = await(facade().sandboxes().create(sandboxSpec("staged"), operation));
  VERIFY_WENT_WELL(created);
  QVERIFY(waitFor([&] {
    const auto progress = log.progressOf(operation);
    return !progress.empty() && progress.back().finished;
  }));
  const auto progress = log.progressOf(operation);
  QVERIFY(progress.size() >= 2);
  for (std::size_t i = 0; i < progress.size(); ++i) {
    QCOMPARE(progress[i].kind, OperationKind::Create);
    QCOMPARE(progress[i].subjectId, created->id.value());
    QCOMPARE(progress[i].subjectName, std::string("staged"));
    QCOMPARE(progress[i].finished, i + 1 == progress.size());
    if (progress[i].finished) continue;
    QVERIFY(!progress[i].stage.empty());
    QVERIFY(progress[i].stageIndex >= 0 && progress[i].stageIndex < progress[i].stageCount);
    if (i > 0) QVERIFY(progress[i].stageIndex >= progress[i - 1].stageIndex);
  }
  QVERIFY(!progress.back().error);
}

void EventsContract::pauseResumeAndDeleteAreAnnounced() {
  const auto info = made(sandboxSpec());
  EventLog log(facade().events());
  VERIFY_WENT_WELL(await(facade().sandboxes().pause(info.id)));
  VERIFY_WENT_WELL(await(facade().sandboxes().resume(info.id)));
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(info.id)));
  QVERIFY(waitFor([&] { return log.hasRemoved(info.id); }));
  auto states = log.statesOf(info.id);
  // What was announced about the create may arrive late.
  if (!states.empty() && states.front() == SandboxState::Active) states.erase(states.begin());
  const States expected{SandboxState::Pausing, SandboxState::Paused, SandboxState::Resuming, SandboxState::Active,
                        SandboxState::Deleting};
  QCOMPARE(states, expected);
  QCOMPARE(std::count(log.removed.begin(), log.removed.end(), info.id), 1);
}

void EventsContract::anUpdateIsAnnounced() {
  const auto info = made(sandboxSpec());
  EventLog log(facade().events());
  PatchRequest request;
  request.metadata = Metadata::Entries{{"k", "v"}};
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, sandboxPatch(request))));
  QVERIFY(waitFor([&] { return !log.changed.empty() && log.changed.back().metadata.entries() == *request.metadata; }));
}

void EventsContract::aRefusalAnnouncesNothing() {
  const auto info = madePaused(sandboxSpec());
  EventLog log(facade().events());
  COMPARE_PROBLEM(await(facade().sandboxes().pause(info.id)), ErrorCode::Conflict);
  // A later event shows that nothing else is on its way.
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(info.id)));
  QVERIFY(waitFor([&] { return log.hasRemoved(info.id); }));
  const auto states = log.statesOf(info.id);
  QVERIFY(std::find(states.begin(), states.end(), SandboxState::Pausing) == states.end() ||
          states.front() == SandboxState::Pausing);
  QCOMPARE(states.back(), SandboxState::Deleting);
}

void EventsContract::statisticsOfActiveOnesCome() {
  EventLog log(facade().events());
  const auto info = made(sandboxSpec());
  const auto isAbout = [&](const SandboxStatistics& each) { return each.id == info.id.value(); };
  QVERIFY(waitFor([&] { return std::any_of(log.statistics.begin(), log.statistics.end(), isAbout); }));
  const auto found = std::find_if(log.statistics.begin(), log.statistics.end(), isAbout);
  QVERIFY(found->memoryTotalBytes > 0);
  QVERIFY(found->memoryUsedBytes > 0 && found->memoryUsedBytes <= found->memoryTotalBytes);
  QVERIFY(found->diskTotalBytes >= found->diskUsedBytes);
  QVERIFY(found->cpuPercent >= 0);
}

void EventsContract::theBaseTemplateIsListedAndFound() {
  const auto all = await(facade().templates().list());
  VERIFY_WENT_WELL(all);
  const auto base =
      std::find_if(all->begin(), all->end(), [](const TemplateInfo& info) { return info.name == TemplateRef::kDefaultName; });
  QVERIFY(base != all->end());
  QCOMPARE(base->status, TemplateStatus::Ready);
  QVERIFY(base->system);
  QCOMPARE(*await(facade().templates().get(TemplateRef::defaultTemplate())), *base);
  QCOMPARE(*await(facade().templates().get(TemplateRef::parse(base->id).value())), *base);
}

void EventsContract::anUnknownTemplateIsNotFound() {
  const auto unknown = TemplateRef::parse("no-such-template").value();
  COMPARE_PROBLEM(await(facade().templates().get(unknown)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(facade().templates().build(unknown)), ErrorCode::NotFound);
  COMPARE_PROBLEM(await(facade().templates().cancelBuild(unknown)), ErrorCode::NotFound);
}

void EventsContract::theHostIsDescribed() {
  const auto host = await(facade().host().info());
  VERIFY_WENT_WELL(host);
  QVERIFY(!host->engineVersion.empty());
  QVERIFY(host->accelerator == "kvm" || host->accelerator == "tcg");
  QVERIFY(!host->acceleratorReason.empty());
  QVERIFY(host->isolationBoundary == (host->accelerator == "kvm"));
  QVERIFY(host->cpuCount > 0 && host->memoryTotalBytes > 0);
}

}  // namespace terrarium
