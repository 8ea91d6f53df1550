// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/forkcommand.h"

#include "backend/wire/sandboxjson.h"

namespace terrarium {

Verb ForkCommand::describe(Verb parent) {
  verb_ = parent.verb("fork", "Clone an active or paused sandbox with its memory");
  verb_.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  verb_.option("-c,--count", count_, "How many clones (1-32)");
  verb_.option("-n,--name", name_, "What to call them; several are numbered");
  return verb_;
}

void ForkCommand::run() {
  ForkRequest request;
  request.count = count_;
  if (verb_.given("--name")) request.name = name_;
  const auto spec = ForkSpec::parse(request);
  if (!spec) return fail(spec.error());
  withSandbox(sandbox_, [this, spec = *spec](HttpFacade& facade, const SandboxInfo& info) {
    if (!console().isInteractive()) return fork(facade, info.id, spec);
    stages_ = new StagePrinter(facade.events(), console(), this);
    whenEventsFlow(facade.events(), this, [this, &facade, id = info.id, spec] { fork(facade, id, spec); });
  });
}

void ForkCommand::fork(HttpFacade& facade, const SandboxId& id, const ForkSpec& spec) {
  const auto operation = randomUuid();
  if (stages_) stages_->follow([operation](const OperationProgress& progress) { return progress.operation == operation; });
  whenDone(facade.sandboxes().fork(id, spec, operation), this,
           [this](const Result<std::vector<SandboxInfo>>& clones) { onDone(clones); });
}

void ForkCommand::onDone(const Result<std::vector<SandboxInfo>>& clones) {
  if (stages_) stages_->finish();
  if (!clones) return fail(clones.error());
  QJsonArray array;
  for (const auto& info : *clones) {
    array.append(toJson(info));
    if (!wantsJson()) console().outMade(info.id.value(), info.name.value());
  }
  if (wantsJson()) console().out(array);
  succeed();
}

}  // namespace terrarium
