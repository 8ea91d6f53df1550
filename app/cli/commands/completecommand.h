// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"

namespace terrarium {

/// The hidden verb behind the shells' completion: prints candidates, one a line, and never starts an engine or complains.
class CompleteCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void printSandboxes(HttpFacade& facade);
  void printTemplates(HttpFacade& facade);
  std::string kind_;
  std::unique_ptr<HttpFacade> facade_;
};

}  // namespace terrarium
