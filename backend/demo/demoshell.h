// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "backend/api/exec.h"
#include "backend/demo/democommandline.h"
#include "backend/demo/demofiletree.h"

namespace terrarium {

/// What a command of the make-believe shell does, in order.
struct DemoStep {
  enum class Kind { Output, Wait, CopyInput, WatchProcesses };
  Kind kind = Kind::Output;
  OutputChannel channel = OutputChannel::Stdout;
  QByteArray bytes = {};
  std::chrono::milliseconds wait{0};
};

struct DemoOutcome {
  std::vector<DemoStep> steps;
  int exitCode = 0;
  bool left = false;  ///< `exit` was called
};

/// A shell that answers a few dozen commands from the file tree and its environment. Pure but for the tree; nothing runs.
class DemoShell {
 public:
  struct Surroundings {
    std::shared_ptr<DemoFileTree> files;
    std::string hostname;
    std::map<std::string, std::string> env;
    std::string workingDirectory = "/home/user";
    bool terminal = false;  ///< colours, and `top` watches
  };

  explicit DemoShell(Surroundings surroundings);

  [[nodiscard]] DemoOutcome run(const std::string& line);
  /// Without a shell in between. NotFound when there is no such program.
  [[nodiscard]] Result<DemoOutcome> runProgram(const std::vector<std::string>& words);
  [[nodiscard]] std::string prompt() const;
  /// One screen of `top`.
  [[nodiscard]] QByteArray processScreen(int tick) const;

 private:
  using Words = std::vector<std::string>;
  using Program = void (DemoShell::*)(const Words& words);
  [[nodiscard]] static const std::map<std::string, Program>& programs();

  void execute(const DemoCommandLine& command);
  void redirect(const DemoCommandLine& command, std::size_t firstStep);
  [[nodiscard]] std::string resolved(const std::string& path) const;
  void out(const std::string& text);
  void complain(const std::string& text, int exitCode = 1);

  void bash(const Words& words);
  void cat(const Words& words);
  void cd(const Words& words);
  void date(const Words& words);
  void echo(const Words& words);
  void env(const Words& words);
  void exit(const Words& words);
  void exportVariable(const Words& words);
  void fail(const Words& words);
  void help(const Words& words);
  void listFiles(const Words& words);
  void makeDirectories(const Words& words);
  void print(const Words& words);
  void printFormatted(const Words& words);
  void removeFiles(const Words& words);
  void seq(const Words& words);
  void sleep(const Words& words);
  void succeed(const Words& words);
  void top(const Words& words);
  void touch(const Words& words);
  void uname(const Words& words);

  Surroundings here_;
  DemoOutcome outcome_;
  int lastExitCode_ = 0;
};

}  // namespace terrarium
