// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <optional>

#include "app/cli/commands/completecommand.h"
#include "app/cli/commands/cpcommand.h"
#include "app/cli/commands/createcommand.h"
#include "app/cli/commands/doctorcommand.h"
#include "app/cli/commands/enginecommand.h"
#include "app/cli/commands/envcommand.h"
#include "app/cli/commands/execcommand.h"
#include "app/cli/commands/forkcommand.h"
#include "app/cli/commands/listcommand.h"
#include "app/cli/commands/logscommand.h"
#include "app/cli/commands/mcpcommand.h"
#include "app/cli/commands/pausecommand.h"
#include "app/cli/commands/portscommand.h"
#include "app/cli/commands/resumecommand.h"
#include "app/cli/commands/rmcommand.h"
#include "app/cli/commands/shellcommand.h"
#include "app/cli/commands/showcommand.h"
#include "app/cli/commands/snapshotcommand.h"
#include "app/cli/commands/templatecommand.h"
#include "app/cli/commands/updatecommand.h"
#include "app/cli/printable.h"

namespace terrarium {

namespace {
/// Why there is no verb, when that is what is wrong: a word that is none, or none at all.
std::optional<std::string> missingVerb(const CLI::App& root) {
  const auto* verb = &root;
  std::string command = root.get_name();
  while (!verb->get_subcommands().empty()) {
    verb = verb->get_subcommands().front();
    command += " " + verb->get_name();
  }
  if (verb->get_require_subcommand_min() == 0) return std::nullopt;
  const auto words = root.remaining(true);
  const auto problem =
      words.empty() ? command + " needs a command." : command + " does not know '" + printable(words.front()) + "'.";
  return problem + " '" + command + " --help' lists what there is.";
}
}  // namespace

CommandLine::CommandLine() : app_(std::make_unique<CLI::App>("Create, watch and take apart local sandboxes.", "terrariumctl")) {
  app_->require_subcommand(1);
  app_->fallthrough();
  app_->set_version_flag("--version", std::string("terrariumctl " TERRARIUM_VERSION));
  app_->add_option("--engine", options_.engine, "Address of an engine or service instead of this user's engine")
      ->envname("TERRARIUM_ENGINE");
  app_->add_option("--api-key", options_.apiKey, "Its key")->envname("TERRARIUM_API_KEY");
  app_->add_flag("--json", options_.json, "Print results and problems as JSON");
  add(std::make_unique<CreateCommand>());
  add(std::make_unique<ListCommand>());
  add(std::make_unique<ShowCommand>());
  add(std::make_unique<ExecCommand>());
  add(std::make_unique<ShellCommand>());
  add(std::make_unique<CpCommand>());
  add(std::make_unique<PauseCommand>());
  add(std::make_unique<ResumeCommand>());
  add(std::make_unique<RmCommand>());
  add(std::make_unique<UpdateCommand>());
  add(std::make_unique<PortsCommand>());
  add(std::make_unique<ForkCommand>());
  add(std::make_unique<SnapshotCommand>());
  add(std::make_unique<LogsCommand>());
  add(std::make_unique<TemplateCommand>());
  add(std::make_unique<DoctorCommand>());
  add(std::make_unique<EngineCommand>());
  add(std::make_unique<EnvCommand>());
  add(std::make_unique<McpCommand>());
  add(std::make_unique<CompleteCommand>());
}

CommandLine::~CommandLine() = default;

void CommandLine::add(std::unique_ptr<Command> command) {
  const auto verb = command->describe(Verb(app_.get()));
  commands_.emplace_back(verb, std::move(command));
}

CommandLine::Outcome CommandLine::parse(std::vector<std::string> words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  if (std::find(words.begin(), dashes, "exec") != dashes && dashes != words.end()) {
    // What follows belongs to the sandbox, whatever it looks like.
    options_.afterDashes.assign(dashes + 1, words.end());
    words.erase(dashes, words.end());
  }
  std::reverse(words.begin(), words.end());
  try {
    app_->parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    const auto problem = error.get_exit_code() == 0 ? std::nullopt : missingVerb(*app_);
    if (problem) {
      std::cerr << *problem << "\n";
      return {nullptr, static_cast<int>(ExitCode::Usage)};
    }
    const auto code = app_->exit(error, std::cout, std::cerr);
    return {nullptr, code == 0 ? 0 : static_cast<int>(ExitCode::Usage)};
  }
  for (const auto& [verb, command] : commands_) {
    if (verb.given()) return {command.get(), 0};
  }
  return {nullptr, static_cast<int>(ExitCode::Usage)};
}

}  // namespace terrarium
