// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/commands/sandboxverbcommand.h"

namespace terrarium {

/// `rm`: deletes sandboxes for good.
class RmCommand : public SandboxVerbCommand {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;
  Pending<void> act(HttpFacade& facade, const SandboxInfo& info) override;
  [[nodiscard]] std::string pastTense() const override { return "Deleted"; }

 private:
  void removeAll(HttpFacade& facade, const SandboxPage& page);
  bool all_ = false;
  bool yes_ = false;
};

}  // namespace terrarium
