// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/resumecommand.h"

namespace terrarium {

CLI::App* ResumeCommand::describe(CLI::App& parent) {
  auto* app = parent.add_subcommand("resume", "Let paused sandboxes go on where they were");
  app->add_option("sandboxes", sandboxes_, "Names, identities or the beginnings of some")->required();
  return app;
}

Pending<void> ResumeCommand::act(HttpFacade& facade, const SandboxInfo& info) {
  const Resolver<void> resolver;
  whenDone(facade.sandboxes().resume(info.id), this, [resolver](const Result<SandboxInfo>& result) {
    if (!result) return resolver.resolve(failure(result.error()));
    resolver.resolve({});
  });
  return resolver.pending();
}

}  // namespace terrarium
