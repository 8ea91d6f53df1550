// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/logscommand.h"

#include <QDateTime>
#include <algorithm>

#include "app/cli/table.h"
#include "app/cli/wording.h"
#include "backend/wire/activityjson.h"

namespace terrarium {

namespace {
std::string timeText(WallTime time) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")).toStdString();
}

std::string subjectOf(const ActivityEntry& entry) {
  if (!entry.sandboxName.empty()) return entry.sandboxName;
  if (!entry.secretName.empty()) return entry.secretName;
  const auto name = entry.metadata.find("template_name");
  return name == entry.metadata.end() ? "-" : name->second;
}

std::string detailOf(const ActivityEntry& entry) {
  if (!entry.error.empty()) return entry.error;
  const auto command = entry.metadata.find("command");
  if (command == entry.metadata.end()) return {};
  const auto code = entry.metadata.find("exit_code");
  return command->second + (code == entry.metadata.end() ? "" : "  (exit code " + code->second + ")");
}
}  // namespace

Verb LogsCommand::describe(Verb parent) {
  auto verb = parent.verb("logs", "Show what was done, the latest first");
  verb.option("sandbox", sandbox_, "Name or identity of a sandbox; all when left out");
  verb.option("--category", category_, "Only this").oneOf({"sandbox", "network", "exec", "template", "secret"});
  verb.flag("--failures", failures_, "Only what failed");
  verb.option("-n,--limit", limit_, "At most that many entries").within(1, ActivityQuery::kMostEntries);
  return verb;
}

void LogsCommand::run() {
  ActivityQuery query;
  query.category = category_;
  if (failures_) query.status = "error";
  query.limit = static_cast<int>(limit_);
  if (sandbox_.empty()) return withEngine([this, query](HttpFacade& facade) { list(facade, query); });
  if (const auto id = SandboxId::parse(sandbox_)) {
    // It may be gone, and its log still there.
    query.sandboxId = id->value();
    return withEngine([this, query](HttpFacade& facade) { list(facade, query); });
  }
  withSandbox(sandbox_, [this, query](HttpFacade& facade, const SandboxInfo& info) mutable {
    query.sandboxId = info.id.value();
    list(facade, query);
  });
}

void LogsCommand::list(HttpFacade& facade, const ActivityQuery& query) {
  whenDone(facade.activity().list(query), this, [this](const Result<ActivityPage>& page) {
    if (!page) return fail(page.error());
    print(*page);
    succeed();
  });
}

void LogsCommand::print(const ActivityPage& page) {
  if (wantsJson()) {
    QJsonArray array;
    for (const auto& entry : page.items) array.append(toJson(entry));
    return console().out(array);
  }
  if (page.items.empty()) return console().note("There is nothing in the log.");
  Table table({"TIME", "SUBJECT", "ACTION", "STATUS", "TOOK", "DETAIL"});
  for (const auto& entry : page.items) {
    table.add({timeText(entry.createdAt), subjectOf(entry),
               std::string(categoryName(entry.action)) + " " + std::string(actionName(entry.action)), std::string(entry.status()),
               entry.duration ? elapsedText(entry.duration->count()) : "-", detailOf(entry)});
  }
  console().out(table.text());
}

}  // namespace terrarium
