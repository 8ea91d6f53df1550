// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/rmcommand.h"

namespace terrarium {

CLI::App* RmCommand::describe(CLI::App& parent) {
  auto* app = parent.add_subcommand("rm", "Delete sandboxes with everything in them");
  auto* sandboxes = app->add_option("sandboxes", sandboxes_, "Names, identities or the beginnings of some");
  app->add_flag("--all", all_, "Delete every sandbox")->excludes(sandboxes);
  app->add_flag("-y,--yes", yes_, "Do not ask");
  return app;
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
