// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/rmcommand.h"

namespace terrarium {

Verb RmCommand::describe(Verb parent) {
  auto verb = parent.verb("rm", "Delete sandboxes with everything in them");
  const auto sandboxes = verb.option("sandboxes", sandboxes_, "Names, identities or the beginnings of some");
  verb.flag("--all", all_, "Delete every sandbox").excludes(sandboxes);
  verb.flag("-y,--yes", yes_, "Do not ask");
  return verb;
}

void RmCommand::run() {
  if (!all_ && sandboxes_.empty()) return fail(badRequest("sandbox", "rm needs the name of a sandbox, or --all."));
  if (!all_) return SandboxVerbCommand::run();
  withEngine([this](HttpFacade& facade) {
    whenDone(facade.sandboxes().list({}), this, [this, &facade](const Result<SandboxPage>& page) {
      if (!page) return fail(page.error());
      removeAll(facade, *page);
    });
  });
}

void RmCommand::removeAll(HttpFacade& facade, const SandboxPage& page) {
  const auto count = std::to_string(page.items.size());
  if (!page.items.empty() && !yes_ && !console().confirm("Delete " + count + " sandboxes with everything in them?")) {
    return fail(badRequest({}, "Nothing was deleted. Confirm on a terminal or add --yes."));
  }
  nextOf(facade, page.items);
}

Pending<void> RmCommand::act(HttpFacade& facade, const SandboxInfo& info) { return facade.sandboxes().remove(info.id); }

}  // namespace terrarium
