// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

#include "backend/guest/agent/account.h"
#include "backend/support/result.h"

namespace terrarium::agent {

/// A program to start in a session of its own.
struct Launch {
  std::vector<std::string> arguments;  ///< the first is also what is looked for, in PATH unless it has a slash
  std::map<std::string, std::string> env;
  std::string directory;
  Account account;
  std::array<int, 3> standard = {-1, -1, -1};  ///< become stdin, stdout and stderr
  int group = -1;                              ///< directory of the control group that it starts in; -1: the agent's
  bool terminal = false;                       ///< standard[0] becomes the controlling terminal
};

/// Returns the process id, which is also its session and process group. When it fails there is no process; BadRequest: no such
/// program.
[[nodiscard]] Result<pid_t> launch(const Launch& launch);

}  // namespace terrarium::agent
