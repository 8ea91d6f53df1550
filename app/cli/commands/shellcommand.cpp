// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands/shellcommand.h"

#include <csignal>
#include <unistd.h>

namespace terrarium {

Verb ShellCommand::describe(Verb parent) {
  auto verb = parent.verb("shell", "Open a terminal in a sandbox");
  verb.option("sandbox", sandbox_, "Name, identity or the beginning of one").required();
  return verb;
}

void ShellCommand::run() {
  if (::isatty(STDIN_FILENO) != 1 || ::isatty(STDOUT_FILENO) != 1) {
    return fail(badRequest({}, "shell needs a terminal. Without one use 'terrariumctl exec SANDBOX -- COMMAND'."));
  }
  withActiveSandbox(sandbox_, [this](HttpFacade& facade, const SandboxInfo& info) { open(facade, info); });
}

void ShellCommand::open(HttpFacade& facade, const SandboxInfo& info) {
  const auto size = RawTerminal::size();
  TerminalRequest request;
  request.columns = size.columns;
  request.rows = size.rows;
  terminal_ = facade.exec().openTerminal(info.id, request);
  connect(terminal_.get(), &ExecSession::started, this, [this] {
    raw_ = std::make_unique<RawTerminal>();
    pump_ = std::make_unique<InputPump>(*terminal_, nullptr);
  });
  connect(terminal_.get(), &ExecSession::outputReceived, this, [this](OutputChannel, const QByteArray& bytes) {
    console().outRaw(bytes);
    terminal_->consumed(bytes.size());
  });
  connect(terminal_.get(), &ExecSession::finished, this, [this](const ExecResult& result) {
    leave();
    emit done(result.exitCode);
  });
  connect(terminal_.get(), &ExecSession::failed, this, [this](const Error& error) {
    leave();
    fail(error);
  });
  signals_ = std::make_unique<UnixSignals>(std::initializer_list<int>{SIGWINCH, SIGTERM, SIGHUP});
  connect(signals_.get(), &UnixSignals::received, this, [this](int number) {
    if (number == SIGWINCH) return terminal_->resize(RawTerminal::size().columns, RawTerminal::size().rows);
    leave();
    emit done(128 + number);
  });
}

void ShellCommand::leave() {
  pump_.reset();
  raw_.reset();
}

}  // namespace terrarium
