// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/verb.h"

namespace terrarium {

/// The whole command line: every verb with its options. Parses; does nothing by itself.
class CommandLine {
 public:
  CommandLine();
  ~CommandLine();

  /// What parsing came to: a command to start, or an exit code after help, version or a mistake were printed.
  struct Outcome {
    Command* command = nullptr;
    int exitCode = 0;
  };
  [[nodiscard]] Outcome parse(std::vector<std::string> words);
  [[nodiscard]] const GlobalOptions& options() const { return options_; }

 private:
  void add(std::unique_ptr<Command> command);
  std::unique_ptr<CLI::App> app_;
  GlobalOptions options_;
  std::vector<std::pair<Verb, std::unique_ptr<Command>>> commands_;
};

}  // namespace terrarium
