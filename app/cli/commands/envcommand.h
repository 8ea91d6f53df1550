// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcess>
#include <string>

#include "app/cli/command.h"
#include "app/cli/nodeversion.h"
#include "app/cli/sdkenvironment.h"

namespace terrarium {

/// `terrariumctl env`: the environment in which an unmodified SDK talks to the engine.
class EnvCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void askNode(const Endpoint& engine);
  void print(const Endpoint& engine, const std::optional<NodeVersion>& node);
  void printFor(const SdkEnvironment& environment);

  std::string shell_ = "bash";
  QProcess node_;
};

}  // namespace terrarium
