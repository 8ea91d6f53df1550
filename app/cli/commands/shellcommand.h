// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "app/cli/command.h"
#include "app/cli/inputpump.h"
#include "app/cli/rawterminal.h"
#include "app/cli/unixsignals.h"

namespace terrarium {

/// `shell`: a terminal in a sandbox on this terminal. A paused sandbox is resumed.
class ShellCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void open(HttpFacade& facade, const SandboxInfo& info);
  void leave();

  std::string sandbox_;
  std::unique_ptr<ExecSession> terminal_;
  std::unique_ptr<InputPump> pump_;
  std::unique_ptr<RawTerminal> raw_;
  std::unique_ptr<UnixSignals> signals_;
};

}  // namespace terrarium
