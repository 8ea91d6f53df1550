// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"
#include "app/cli/stageprinter.h"

namespace terrarium {

/// `fork`.
class ForkCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void fork(HttpFacade& facade, const SandboxId& id, const ForkSpec& spec);
  void onDone(const Result<std::vector<SandboxInfo>>& clones);

  Verb verb_;
  std::string sandbox_;
  std::string name_;
  std::int64_t count_ = 1;
  StagePrinter* stages_ = nullptr;
};

}  // namespace terrarium
