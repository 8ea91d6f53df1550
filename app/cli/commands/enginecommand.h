// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"
#include "app/launch/enginestopper.h"

namespace terrarium {

/// `engine start`, `engine stop` and `engine status`.
class EngineCommand : public Command {
  Q_OBJECT
 public:
  Verb describe(Verb parent) override;

 protected:
  void run() override;

 private:
  void startEngine();
  void stopEngine();
  void status();
  void stopAfterListing(const Endpoint& endpoint);
  void stop(const Endpoint& endpoint);
  void print(const Endpoint& endpoint);

  Verb start_;
  Verb stop_;
  std::int64_t patience_ = 300;
  std::unique_ptr<HttpFacade> facade_;
  EngineStopper stopper_;
};

}  // namespace terrarium
