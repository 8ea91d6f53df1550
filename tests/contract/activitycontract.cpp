// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/activitycontract.h"

#include "tests/support/builders.h"

namespace terrarium {

namespace {
std::vector<std::string> actionsOf(const ActivityPage& page) {
  std::vector<std::string> actions;
  for (const auto& entry : page.items) {
    actions.push_back(std::string(categoryName(entry.action)) + " " + std::string(actionName(entry.action)));
  }
  return actions;
}
}  // namespace

ActivityPage ActivityContract::logged(const ActivityQuery& query) {
  const auto page = await(facade().activity().list(query));
  if (!page) qFatal("the log cannot be read: %s", page.error().message.c_str());
  return *page;
}

void ActivityContract::aLifeIsInTheLog() {
  const auto before = SystemClock().now() - std::chrono::seconds(2);
  const auto info = made(sandboxSpec());
  QVERIFY(exec(info.id, "exit 3").result.has_value());
  VERIFY_WENT_WELL(await(facade().sandboxes().pause(info.id)));
  VERIFY_WENT_WELL(await(facade().sandboxes().resume(info.id)));
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(info.id)));
  ActivityQuery query;
  query.sandboxId = info.id.value();
  const auto page = logged(query);
  QCOMPARE(actionsOf(page),
           (std::vector<std::string>{"sandbox deleted", "sandbox resumed", "sandbox paused", "exec executed", "sandbox started"}));
  QCOMPARE(page.total, std::size_t{5});
  for (const auto& entry : page.items) {
    QVERIFY(isUuid(entry.id));
    QVERIFY(entry.createdAt > before && entry.createdAt < before + std::chrono::minutes(5));
    QCOMPARE(entry.sandboxName, info.name.value());
    QVERIFY(entry.duration.has_value());
    QCOMPARE(entry.status(), std::string_view("success"));
  }
  QCOMPARE(page.items.at(3).metadata, (std::map<std::string, std::string>{{"command", "exit 3"}, {"exit_code", "3"}}));
}

void ActivityContract::updatesAreInTheLog() {
  const auto info = made(sandboxSpec());
  PatchRequest request;
  request.metadata = Metadata::Entries{{"a", "b"}};
  request.network.emplace();
  request.timeoutSeconds = std::optional<std::int64_t>(3600);
  request.autoDeleteSeconds = std::optional<std::int64_t>(60);
  VERIFY_WENT_WELL(await(facade().sandboxes().update(info.id, sandboxPatch(request))));
  ActivityQuery query;
  query.contains = "UPDATED";
  QCOMPARE(actionsOf(logged(query)), (std::vector<std::string>{"sandbox auto_delete_updated", "sandbox timeout_updated",
                                                               "network updated", "sandbox metadata_updated"}));
}

void ActivityContract::aFailureSaysWhy() {
  ExecRequest request;
  request.command = "sleep 60";
  auto session = facade().exec().run(made(sandboxSpec()).id, request);
  SessionLog log;
  follow(*session, log);
  QVERIFY(waitFor([&] { return log.startedCount > 0; }));
  const auto page = await(facade().sandboxes().list({}));
  VERIFY_WENT_WELL(page);
  VERIFY_WENT_WELL(await(facade().sandboxes().remove(page->items.front().id)));
  ActivityQuery query;
  query.category = "exec";
  query.status = "error";
  QVERIFY(waitFor([&] { return logged(query).items.size() == 1; }));
  QVERIFY(!logged(query).items.front().error.empty());
}

void ActivityContract::theLogIsFilteredAndPaged() {
  const auto one = made(sandboxSpec());
  const auto two = made(sandboxSpec());
  VERIFY_WENT_WELL(await(facade().sandboxes().pause(two.id)));
  ActivityQuery query;
  query.category = "sandbox";
  query.limit = 1;
  query.offset = 1;
  const auto page = logged(query);
  QCOMPARE(page.total, std::size_t{3});
  QCOMPARE(page.items.size(), std::size_t{1});
  QCOMPARE(page.items.front().sandboxId, two.id.value());
  QCOMPARE(page.items.front().action, ActivityAction::SandboxStarted);
  query = {};
  query.sandboxId = one.id.value();
  QCOMPARE(logged(query).total, std::size_t{1});
  query.status = "error";
  QCOMPARE(logged(query).total, std::size_t{0});
  query = {};
  query.contains = "100%_of nobody";
  QCOMPARE(logged(query).total, std::size_t{0});
  query = {};
  query.until = SystemClock().now() - std::chrono::minutes(1);
  QCOMPARE(logged(query).total, std::size_t{0});
  query = {};
  query.category = "sandbox";
  query.from = SystemClock().now() - std::chrono::minutes(1);
  QCOMPARE(logged(query).total, std::size_t{3});
}

}  // namespace terrarium
