// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/listcommand.h"

#include "app/cli/keyvalue.h"
#include "app/cli/table.h"
#include "app/cli/wording.h"
#include "backend/wire/sandboxjson.h"

namespace terrarium {

namespace {
constexpr std::size_t kShortId = 8;
}

Verb ListCommand::describe(Verb parent) {
  auto verb = parent.verb("list", "List the sandboxes, newest first").alias("ls");
  verb.option("--tag", tags_, "Only those with this tag: KEY=VALUE, again for more");
  verb.option("--status", status_, "Only those that are active, paused, resuming or failed");
  verb.option("--name", name_, "Only those whose name contains this");
  verb.flag("-q,--quiet", quiet_, "Print identities only");
  return verb;
}

void ListCommand::run() {
  SandboxQuery query;
  query.nameContains = name_;
  if (!status_.empty()) query.status = status_;
  if (auto error = readKeyValues("--tag", tags_, query.metadata)) return fail(*error);
  withEngine([this, query](HttpFacade& facade) {
    whenDone(facade.sandboxes().list(query), this, [this](const Result<SandboxPage>& page) {
      if (!page) return fail(page.error());
      print(*page);
      succeed();
    });
  });
}

void ListCommand::print(const SandboxPage& page) {
  if (wantsJson()) {
    QJsonArray array;
    for (const auto& info : page.items) array.append(toJson(info));
    return console().out(array);
  }
  if (quiet_) {
    for (const auto& info : page.items) console().out(info.id.value() + "\n");
    return;
  }
  const bool filtered = !tags_.empty() || !status_.empty() || !name_.empty();
  if (page.items.empty() && filtered) return console().note("No sandbox matches. 'terrariumctl list' shows all.");
  if (page.items.empty()) return console().note("There are no sandboxes. 'terrariumctl create NAME' makes one.");
  const auto now = SystemClock().now();
  Table table({"NAME", "ID", "STATUS", "TEMPLATE", "AGE", "EXPIRES", "TAGS"});
  for (const auto& info : page.items) {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - info.createdAt);
    table.add({info.name.value(), info.id.value().substr(0, kShortId), std::string(phaseName(info.state)), info.templateName,
               durationText(age), expiryText(info, now), tagsText(info.metadata)});
  }
  console().out(table.text());
}

}  // namespace terrarium
