// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"

namespace terrarium {

/// `show`: everything about one sandbox.
class ShowCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void print(const SandboxInfo& info);
  std::string sandbox_;
};

}  // namespace terrarium
