// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/resumecommand.h"

namespace terrarium {

Verb ResumeCommand::describe(Verb parent) {
  auto verb = parent.verb("resume", "Let paused sandboxes go on where they were");
  verb.option("sandboxes", sandboxes_, "Names, identities or the beginnings of some").required();
  return verb;
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
