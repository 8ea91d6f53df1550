// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoshell.h"

namespace terrarium {

namespace {

std::string baseName(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace

DemoShell::DemoShell(Surroundings surroundings) : here_(std::move(surroundings)) {
  here_.env.emplace("HOME", "/home/user");
  here_.env.emplace("USER", "user");
  here_.env.emplace("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  if (here_.terminal) here_.env.emplace("TERM", "xterm-256color");
}

DemoOutcome DemoShell::run(const std::string& line) {
  outcome_ = {};
  const auto commands = parseDemoLine(line, [this](std::string_view name) {
    if (name == "?") return std::to_string(lastExitCode_);
    const auto found = here_.env.find(std::string(name));
    return found == here_.env.end() ? std::string() : found->second;
  });
  if (!commands) {
    complain("sh: 1: " + commands.error().message, 2);
  } else {
    for (const auto& command : *commands) {
      const bool wanted = command.when == DemoCommandLine::When::Always ||
                          (command.when == DemoCommandLine::When::AfterSuccess) == (outcome_.exitCode == 0);
      if (wanted) execute(command);
      if (outcome_.left) break;
    }
  }
  lastExitCode_ = outcome_.exitCode;
  return std::move(outcome_);
}

Result<DemoOutcome> DemoShell::runProgram(const std::vector<std::string>& words) {
  outcome_ = {};
  if (words.empty() || programs().count(baseName(words.front())) == 0) {
    return failure(badRequest("command", "command is no program of this sandbox: " + (words.empty() ? "" : words.front())));
  }
  DemoCommandLine command;
  command.words = words;
  execute(command);
  return std::move(outcome_);
}

void DemoShell::execute(const DemoCommandLine& command) {
  const auto firstStep = outcome_.steps.size();
  outcome_.exitCode = 0;
  const auto program = programs().find(baseName(command.words.front()));
  if (program == programs().end()) {
    complain("sh: 1: " + command.words.front() + ": not found", 127);
  } else {
    (this->*program->second)(command.words);
  }
  redirect(command, firstStep);
}

void DemoShell::redirect(const DemoCommandLine& command, std::size_t firstStep) {
  QByteArray gathered;
  std::vector<DemoStep> kept(outcome_.steps.begin(), outcome_.steps.begin() + static_cast<std::ptrdiff_t>(firstStep));
  for (auto i = firstStep; i < outcome_.steps.size(); ++i) {
    auto step = std::move(outcome_.steps[i]);
    const bool wasStdout = step.channel == OutputChannel::Stdout;
    if (wasStdout && command.stdoutToStderr) step.channel = OutputChannel::Stderr;
    if (!wasStdout && command.stderrToStdout) step.channel = OutputChannel::Stdout;
    if (wasStdout && step.kind == DemoStep::Kind::Output && !command.outputFile.empty()) {
      gathered += step.bytes;
    } else {
      kept.push_back(std::move(step));
    }
  }
  outcome_.steps = std::move(kept);
  if (command.outputFile.empty() || command.outputFile == "/dev/null") return;
  const auto path = resolved(command.outputFile);
  const auto* before = here_.files->find(path);
  const auto written = here_.files->write(path, command.append && before != nullptr ? before->content + gathered : gathered);
  if (!written) complain("sh: 1: cannot create " + command.outputFile + ": " + written.error().message, 2);
}

std::string DemoShell::prompt() const {
  auto directory = here_.workingDirectory;
  if (const auto& home = here_.env.at("HOME"); directory.rfind(home, 0) == 0) directory = "~" + directory.substr(home.size());
  return "\x1b[1;32muser@" + here_.hostname + "\x1b[0m:\x1b[1;34m" + directory + "\x1b[0m$ ";
}

std::string DemoShell::resolved(const std::string& path) const {
  if (path.empty() || path.front() == '/') return normalizedPath(path);
  if (path == "~" || path.rfind("~/", 0) == 0) return normalizedPath(here_.env.at("HOME") + path.substr(1));
  return normalizedPath(here_.workingDirectory + "/" + path);
}

void DemoShell::out(const std::string& text) {
  outcome_.steps.push_back({DemoStep::Kind::Output, OutputChannel::Stdout, QByteArray::fromStdString(text)});
}

void DemoShell::complain(const std::string& text, int exitCode) {
  outcome_.steps.push_back({DemoStep::Kind::Output, OutputChannel::Stderr, QByteArray::fromStdString(text + "\n")});
  outcome_.exitCode = exitCode;
}

}  // namespace terrarium
