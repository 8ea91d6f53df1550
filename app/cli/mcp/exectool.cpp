// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/exectool.h"

#include "app/cli/mcp/sandboxtools.h"

namespace terrarium {

void execTool(ToolCall& call) {
  auto& arguments = call.arguments();
  ExecRequest request;
  request.command = arguments.text("command").value_or(std::string());
  request.workingDirectory = arguments.text("working_dir").value_or(std::string());
  request.env = arguments.textMap("env").value_or(std::map<std::string, std::string>());
  const auto seconds = arguments.integer("timeout_seconds").value_or(kExecDefault.count());
  if (request.command.empty()) arguments.fail(badRequest("command", "command is required: a line for /bin/sh."));
  if (seconds < 1 || seconds > kExecLongest.count()) {
    arguments.fail(badRequest("timeout_seconds", "timeout_seconds has to be from 1 to 600."));
  }
  const std::chrono::seconds limit(seconds);
  request.timeout = limit;
  withActiveSandbox(call, [&call, request, limit](const SandboxInfo& info) {
    new CommandRun(call, call.facade().exec().run(info.id, request), limit);
  });
}

CommandRun::CommandRun(ToolCall& call, std::unique_ptr<ExecSession> session, std::chrono::seconds limit)
    : QObject(&call), call_(call), session_(std::move(session)), limit_(limit) {
  since_.start();
  connect(session_.get(), &ExecSession::outputReceived, this, [this](OutputChannel channel, const QByteArray& bytes) {
    (channel == OutputChannel::Stdout ? stdout_ : stderr_).append(bytes);
    received_ += bytes.size();
    session_->consumed(bytes.size());
  });
  connect(session_.get(), &ExecSession::finished, this, &CommandRun::finish);
  connect(session_.get(), &ExecSession::failed, this, [this](const Error& error) { call_.fail(error); });
  if (!call.wantsProgress()) return;
  connect(&progress_, &QTimer::timeout, this, &CommandRun::tell);
  progress_.start(std::chrono::seconds(1));
}

void CommandRun::tell() {
  const auto seconds = since_.elapsed() / 1000;
  call_.progress(static_cast<double>(seconds), static_cast<double>(limit_.count()),
                 QStringLiteral("Running for %1 s, %2 bytes of output").arg(seconds).arg(received_));
}

void CommandRun::finish(const ExecResult& result) {
  call_.succeed({{QStringLiteral("exit_code"), result.exitCode},
                 {QStringLiteral("stdout"), stdout_.text()},
                 {QStringLiteral("stderr"), stderr_.text()},
                 {QStringLiteral("truncated"), stdout_.isCut() || stderr_.isCut()},
                 {QStringLiteral("duration_ms"), since_.elapsed()}});
}

}  // namespace terrarium
