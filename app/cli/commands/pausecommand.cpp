// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/pausecommand.h"

namespace terrarium {

Verb PauseCommand::describe(Verb parent) {
  auto verb = parent.verb("pause", "Save sandboxes to disk and free their memory");
  verb.option("sandboxes", sandboxes_, "Names, identities or the beginnings of some").required();
  return verb;
}

Pending<void> PauseCommand::act(HttpFacade& facade, const SandboxInfo& info) { return facade.sandboxes().pause(info.id); }

}  // namespace terrarium
