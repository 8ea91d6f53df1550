// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "app/engine/deadlineledger.h"

namespace terrarium {

/// The tiny parent of the engine proper: starts it again when it dies and, while it cannot, ends machines whose deadline passes.
/// Runs in a process of its own, without Qt and without threads. Ends when the engine ends by itself or was told to stop.
class Supervisor {
 public:
  /// `program` is started with `arguments` (the first is its name). `ledgerFile` is what the engine keeps in DeadlineLedger form.
  Supervisor(std::string program, std::vector<std::string> arguments, std::string ledgerFile);

  /// Returns the exit code for the parent. SIGTERM, SIGINT and SIGHUP are handed on to the engine.
  int run();

 private:
  using Steady = std::chrono::steady_clock;
  [[nodiscard]] int startEngine();
  /// The engine's wait status.
  [[nodiscard]] int watchEngine(int pid);
  /// False when a signal asked to stop meanwhile.
  [[nodiscard]] bool waitBeforeRestart(std::chrono::milliseconds delay);
  [[nodiscard]] std::chrono::milliseconds nextDelay(Steady::time_point startedAt);

  std::string program_;
  std::vector<std::string> arguments_;
  DeadlineLedger ledger_;
  int signals_ = -1;
  int failuresInARow_ = 0;
};

}  // namespace terrarium
