// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/snapshotcommand.h"

#include "app/cli/snapshotchoice.h"
#include "app/cli/table.h"
#include "app/cli/wording.h"
#include "backend/wire/snapshotjson.h"

namespace terrarium {

namespace {
constexpr std::size_t kShortId = 8;
}

Verb SnapshotCommand::describe(Verb parent) {
  auto verb = parent.verb("snapshot", "Save sandboxes under a name; 'create --from-snapshot' starts from one");
  verb.needsVerb();
  create_ = verb.verb("create", "Save memory and disk; a running sandbox goes on");
  create_.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  create_.option("-n,--name", name_, "What to call the snapshot (default: like the sandbox)");
  list_ = verb.verb("list", "List the snapshots, newest first").alias("ls");
  list_.option("sandbox", listedSandbox_, "Only those of this sandbox");
  rename_ = verb.verb("rename", "Give a snapshot another name");
  rename_.option("snapshot", snapshot_, "Name, identity or the beginning of one").required();
  rename_.option("name", newName_, "The new name").required();
  verb.verb("rm", "Remove a snapshot; sandboxes made from it are not touched")
      .option("snapshot", snapshot_, "Name, identity or the beginning of one")
      .required();
  return verb;
}

void SnapshotCommand::run() {
  if (create_.given()) return take();
  if (list_.given()) return list();
  if (rename_.given()) return rename();
  remove();
}

void SnapshotCommand::take() {
  SnapshotRequest request;
  if (create_.given("--name")) request.name = name_;
  const auto spec = SnapshotSpec::parse(request);
  if (!spec) return fail(spec.error());
  withSandbox(sandbox_, [this, spec = *spec](HttpFacade& facade, const SandboxInfo& info) {
    whenDone(facade.snapshots().take(info.id, spec), this, [this](const Result<TakenSnapshot>& taken) {
      if (!taken) return fail(taken.error());
      print(taken->info);
      succeed();
    });
  });
}

void SnapshotCommand::list() {
  if (listedSandbox_.empty()) return withEngine([this](HttpFacade& facade) { listOf(facade, std::nullopt); });
  // An identity may be that of a sandbox that is gone.
  if (const auto id = SandboxId::parse(listedSandbox_)) {
    return withEngine([this, id = *id](HttpFacade& facade) { listOf(facade, id); });
  }
  withSandbox(listedSandbox_, [this](HttpFacade& facade, const SandboxInfo& info) { listOf(facade, info.id); });
}

void SnapshotCommand::listOf(HttpFacade& facade, const std::optional<SandboxId>& sandbox) {
  whenDone(facade.snapshots().list(sandbox), this, [this](const Result<std::vector<SnapshotInfo>>& snapshots) {
    if (!snapshots) return fail(snapshots.error());
    print(*snapshots);
    succeed();
  });
}

void SnapshotCommand::withSnapshot(const std::function<void(HttpFacade&, const SnapshotInfo&)>& next) {
  withEngine([this, next](HttpFacade& facade) {
    whenDone(facade.snapshots().list(std::nullopt), this,
             [this, &facade, next](const Result<std::vector<SnapshotInfo>>& snapshots) {
               if (!snapshots) return fail(snapshots.error());
               const auto chosen = chooseSnapshot(*snapshots, snapshot_);
               if (!chosen) return fail(chosen.error());
               next(facade, *chosen);
             });
  });
}

void SnapshotCommand::rename() {
  const auto name = SnapshotName::parse(newName_);
  if (!name) return fail(name.error());
  withSnapshot([this, name = *name](HttpFacade& facade, const SnapshotInfo& info) {
    whenDone(facade.snapshots().rename(info.id, name), this, [this](const Result<SnapshotInfo>& renamed) {
      if (!renamed) return fail(renamed.error());
      print(*renamed);
      succeed();
    });
  });
}

void SnapshotCommand::remove() {
  withSnapshot([this](HttpFacade& facade, const SnapshotInfo& info) {
    whenDone(facade.snapshots().remove(info.id), this, [this, name = info.name.value()](const Result<void>& removed) {
      if (!removed) return fail(removed.error());
      if (console().isInteractive()) console().note("Removed " + name + ".");
      succeed();
    });
  });
}

void SnapshotCommand::print(const SnapshotInfo& info) {
  if (wantsJson()) return console().out(toJson(info));
  console().outMade(info.id.value(), info.name.value());
}

void SnapshotCommand::print(const std::vector<SnapshotInfo>& snapshots) {
  if (wantsJson()) {
    QJsonArray array;
    for (const auto& info : snapshots) array.append(toJson(info));
    return console().out(array);
  }
  if (snapshots.empty()) return console().note("There are no snapshots. 'terrariumctl snapshot create SANDBOX' takes one.");
  const auto now = SystemClock().now();
  Table table({"NAME", "ID", "SANDBOX", "STATUS", "TEMPLATE", "SIZE", "AGE"});
  for (const auto& info : snapshots) {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - info.createdAt);
    table.add({info.name.value(), info.id.value().substr(0, kShortId), info.sandboxName,
               std::string(snapshotStatusName(info.status)), info.templateName, sizeText(info.sizeBytes), durationText(age)});
  }
  console().out(table.text());
}

}  // namespace terrarium
