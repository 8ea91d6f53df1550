// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/commands/sandboxverbcommand.h"

namespace terrarium {

/// `pause`.
class PauseCommand : public SandboxVerbCommand {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  Pending<void> act(HttpFacade& facade, const SandboxInfo& info) override;
  [[nodiscard]] std::string pastTense() const override { return "Paused"; }
  [[nodiscard]] std::optional<SandboxState> wish() const override { return SandboxState::Paused; }
};

}  // namespace terrarium
