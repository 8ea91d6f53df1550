// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <vector>

#include "app/cli/command.h"

namespace terrarium {

/// What `pause`, `resume` and `rm` share: the same action on each named sandbox, one after the other. All are tried; the exit code
/// is that of the first failure.
class SandboxVerbCommand : public Command {
  Q_OBJECT
 protected:
  void run() override;
  virtual Pending<void> act(HttpFacade& facade, const SandboxInfo& info) = 0;
  /// "Paused", for the line that says so.
  [[nodiscard]] virtual std::string pastTense() const = 0;
  /// The state in which there is nothing to do.
  [[nodiscard]] virtual std::optional<SandboxState> wish() const { return std::nullopt; }
  void nextOf(HttpFacade& facade, std::vector<SandboxInfo> waiting);

  std::vector<std::string> sandboxes_;

 private:
  [[nodiscard]] Error explained(Error error, const SandboxInfo& info) const;
  void chooseAll(HttpFacade& facade, const SandboxPage& page);
  int exitCode_ = 0;
};

}  // namespace terrarium
