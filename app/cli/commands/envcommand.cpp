// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/envcommand.h"

#include <QTimer>
#include <chrono>

#include "app/cli/shellexports.h"

namespace terrarium {

namespace {
// A `node` in PATH may be a script that fetches one first.
constexpr std::chrono::seconds kNodePatience{10};
}  // namespace

Verb EnvCommand::describe(Verb parent) {
  auto verb = parent.verb(
      "env",
      "Print the environment that keeps an unmodified Superserve SDK on this engine: eval \"$(terrariumctl env)\". Setting only "
      "SUPERSERVE_BASE_URL would send commands, files and access tokens to the hosted service");
  verb.option("--shell", shell_, "bash (the default, also for zsh and sh), fish or json").oneOf({"bash", "fish", "json"});
  return verb;
}

void EnvCommand::run() {
  session().findEngine(this, [this](const Result<Endpoint>& engine) {
    if (!engine) return fail(engine.error());
    askNode(*engine);
  });
}

void EnvCommand::askNode(const Endpoint& engine) {
  connect(&node_, &QProcess::finished, this,
          [this, engine](int, QProcess::ExitStatus) { print(engine, NodeVersion::parse(node_.readAllStandardOutput())); });
  connect(&node_, &QProcess::errorOccurred, this, [this, engine](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) print(engine, std::nullopt);
  });
  // Options that are meant for the user's programs must neither hinder nor slow this question.
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.remove(QStringLiteral("NODE_OPTIONS"));
  node_.setProcessEnvironment(environment);
  node_.setStandardInputFile(QProcess::nullDevice());
  node_.setStandardErrorFile(QProcess::nullDevice());
  QTimer::singleShot(kNodePatience, this, [this] { node_.kill(); });
  node_.start(QStringLiteral("node"), {QStringLiteral("--version")});
}

void EnvCommand::print(const Endpoint& engine, const std::optional<NodeVersion>& node) {
  const auto modules = writeSdkModules(Directories::fromEnvironment().data + QStringLiteral("/sdk"));
  if (!modules) return fail(modules.error());
  printFor(sdkEnvironment(engine, *modules, node, QProcessEnvironment::systemEnvironment()));
  succeed();
}

void EnvCommand::printFor(const SdkEnvironment& environment) {
  if (wantsJson() || shell_ == "json") {
    console().out(jsonExports(environment));
    for (const auto& note : environment.notes) console().note(note.toStdString());
  } else {
    console().out(shell_ == "fish" ? fishExports(environment) : bashExports(environment));
  }
}

}  // namespace terrarium
