// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/execcommand.h"

#include <csignal>
#include <unistd.h>

#include "app/cli/keyvalue.h"

namespace terrarium {

namespace {
constexpr int kGiveUpAfter = 3;
constexpr std::int64_t kMostSeconds = 604800;  // like timeout_s of the API
constexpr qsizetype kMostOutput = 8 << 20;     // of each channel, with --json
}  // namespace

Verb ExecCommand::describe(Verb parent) {
  auto verb = parent.verb("exec", "Run a command in a sandbox: exec SANDBOX -- COMMAND [ARGUMENT...]");
  verb.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  verb.option("command", words_, "One word is a line for the shell, several are a program with its arguments");
  verb.option("-e,--env", env_, "Environment variable KEY=VALUE, again for more");
  verb.option("-w,--cwd", directory_, "Working directory");
  verb.option("--timeout", timeout_, "Kill it after that many seconds; it then ends with 124").within(1, kMostSeconds);
  verb.flag("-i,--stdin", stdin_, "Pass standard input on, although it is a terminal");
  verb.flag("-n,--no-stdin", noStdin_, "Do not read standard input");
  return verb;
}

Result<ExecRequest> ExecCommand::request(const std::vector<std::string>& afterDashes) const {
  auto words = words_;
  words.insert(words.end(), afterDashes.begin(), afterDashes.end());
  if (words.empty()) return failure(badRequest("command", "exec needs a command: terrariumctl exec SANDBOX -- COMMAND"));
  ExecRequest request;
  request.command = words.front();
  if (words.size() > 1) request.args = std::vector<std::string>(words.begin() + 1, words.end());
  request.workingDirectory = directory_;
  if (timeout_ > 0) request.timeout = std::chrono::seconds(timeout_);
  if (auto error = readKeyValues("--env", env_, request.env)) return failure(*error);
  request.openStdin = !noStdin_ && (stdin_ || ::isatty(STDIN_FILENO) != 1);
  return request;
}

void ExecCommand::run() {
  const auto asked = request(session().options().afterDashes);
  if (!asked) return fail(asked.error());
  withActiveSandbox(sandbox_, [this, asked](HttpFacade& facade, const SandboxInfo& info) { execute(facade, info.id, *asked); });
}

void ExecCommand::execute(HttpFacade& facade, const SandboxId& id, const ExecRequest& request) {
  exec_ = facade.exec().run(id, request);
  connect(exec_.get(), &ExecSession::outputReceived, this, [this](OutputChannel channel, const QByteArray& bytes) {
    pass(channel, bytes);
    exec_->consumed(bytes.size());
  });
  connect(exec_.get(), &ExecSession::finished, this, [this](const ExecResult& result) { finish(result.exitCode); });
  connect(exec_.get(), &ExecSession::failed, this, [this](const Error& error) { fail(error); });
  if (request.openStdin) {
    // Not before it runs: input of a session that is refused would be lost.
    connect(exec_.get(), &ExecSession::started, this, [this] { new InputPump(*exec_, this); });
  }
  signals_ = std::make_unique<UnixSignals>(std::initializer_list<int>{SIGINT, SIGTERM, SIGHUP, SIGQUIT});
  connect(signals_.get(), &UnixSignals::received, this, &ExecCommand::onSignal);
}

void ExecCommand::pass(OutputChannel channel, const QByteArray& bytes) {
  const bool isOutput = channel == OutputChannel::Stdout;
  if (!wantsJson()) return isOutput ? console().outRaw(bytes) : console().errRaw(bytes);
  auto& kept = isOutput ? stdout_ : stderr_;
  const auto part = bytes.left(kMostOutput - kept.size());
  kept += part;
  if (part.size() < bytes.size()) truncated_ = true;
}

void ExecCommand::finish(int exitCode) {
  if (wantsJson()) {
    QJsonObject object{{QStringLiteral("stdout"), QString::fromUtf8(stdout_)},
                       {QStringLiteral("stderr"), QString::fromUtf8(stderr_)},
                       {QStringLiteral("exit_code"), exitCode}};
    if (truncated_) object.insert(QStringLiteral("truncated"), true);
    console().out(object);
  }
  emit done(exitCode);
}

void ExecCommand::onSignal(int number) {
  // A command that ignores the signal must not hold the terminal for ever; leaving kills it.
  if (++interrupts_ >= kGiveUpAfter) emit done(128 + number);
  const QByteArray name = number == SIGINT ? "SIGINT" : number == SIGTERM ? "SIGTERM" : number == SIGHUP ? "SIGHUP" : "SIGQUIT";
  exec_->sendSignal(name);
}

}  // namespace terrarium
