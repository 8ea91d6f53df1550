// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>

#include "app/cli/command.h"

namespace terrarium {

/// `ports`: what listens in a sandbox and where a browser finds it.
class PortsCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void print(HttpFacade& facade, const SandboxId& id, const std::vector<int>& ports);

  std::string sandbox_;
  QTimer limit_;
};

}  // namespace terrarium
