// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demopresence.h"

namespace terrarium {

DemoPresence::DemoPresence(const SandboxId& id, const Events& events) {
  connect(&events, &Events::sandboxChanged, this, [this, id](const SandboxInfo& info) {
    if (info.id != id || info.state == SandboxState::Active) return;
    end(Error{ErrorCode::NotRunning, "sandbox is " + std::string(phaseName(info.state)), {}, {}});
  });
  connect(&events, &Events::sandboxRemoved, this, [this, id](const SandboxId& removed) {
    if (removed == id) end(Error{ErrorCode::NotFound, "Sandbox not found", {}, {}});
  });
}

void DemoPresence::end(const Error& error) {
  if (hasEnded_) return;
  hasEnded_ = true;
  emit ended(error);
}

}  // namespace terrarium
