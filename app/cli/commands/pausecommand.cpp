// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/pausecommand.h"

namespace terrarium {

CLI::App* PauseCommand::describe(CLI::App& parent) {
  auto* app = parent.add_subcommand("pause", "Save sandboxes to disk and free their memory");
  app->add_option("sandboxes", sandboxes_, "Names, identities or the beginnings of some")->required();
  return app;
}

Pending<void> PauseCommand::act(HttpFacade& facade, const SandboxInfo& info) { return facade.sandboxes().pause(info.id); }

}  // namespace terrarium
