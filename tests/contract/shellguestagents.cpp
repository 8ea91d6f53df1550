// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/contract/shellguestagents.h"

#include "backend/demo/democommand.h"
#include "backend/demo/demoport.h"
#include "backend/demo/demoterminal.h"
#include "backend/demo/demotransfer.h"
#include "tests/support/builders.h"

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kMoment(20);
constexpr std::int64_t kMib = 1024LL * 1024;
}  // namespace

ShellGuestAgent::ShellGuestAgent() : files_(std::make_shared<DemoFileTree>("sandbox", 1'800'000'000)) {
  statistics_.setInterval(kMoment);
  QObject::connect(&statistics_, &QTimer::timeout, this, [this] {
    GuestStatistics figures;
    figures.memoryUsedBytes = 100 * kMib;
    figures.memoryTotalBytes = 1024 * kMib;
    figures.diskUsedBytes = 500 * kMib;
    figures.diskTotalBytes = 4096 * kMib;
    figures.processCount = 7;
    emit statisticsReported(figures);
  });
  statistics_.start();
}

Pending<void> ShellGuestAgent::assume(const GuestIdentity& identity) {
  identity_ = identity;
  return settled<void>({});
}

Pending<void> ShellGuestAgent::settle(bool /*trim*/) {
  statistics_.stop();
  return settled<void>({});
}

DemoShell ShellGuestAgent::shell(const std::map<std::string, std::string>& env, const std::string& workingDirectory,
                                 bool terminal) const {
  DemoShell::Surroundings here{files_, identity_.hostname, env};
  here.env.insert(identity_.env.begin(), identity_.env.end());  // what the request says is kept
  if (!workingDirectory.empty()) here.workingDirectory = workingDirectory;
  here.terminal = terminal;
  return DemoShell(std::move(here));
}

std::unique_ptr<ExecSession> ShellGuestAgent::run(const ExecRequest& request) {
  auto tried = shell(request.env, request.workingDirectory, false);
  const auto outcome = [&]() -> Result<DemoOutcome> {
    if (!request.args) return tried.run(request.command);
    std::vector<std::string> words{request.command};
    words.insert(words.end(), request.args->begin(), request.args->end());
    return tried.runProgram(words);
  }();
  return std::make_unique<DemoCommand>(sandboxId(), silence_, outcome, request);
}

std::unique_ptr<ExecSession> ShellGuestAgent::openTerminal(const TerminalRequest& request) {
  return std::make_unique<DemoTerminal>(sandboxId(), silence_, shell(request.env, request.workingDirectory, true));
}

Pending<std::vector<FileEntry>> ShellGuestAgent::list(const std::string& path) {
  return settled<std::vector<FileEntry>>(files_->list(path));
}

Pending<FileEntry> ShellGuestAgent::stat(const std::string& path) { return settled<FileEntry>(files_->stat(path)); }

std::unique_ptr<ReadStream> ShellGuestAgent::read(const std::string& path, const ByteRange& range) {
  return readFrom(*files_, sandboxId(), silence_, path, range);
}

std::unique_ptr<ReadStream> ShellGuestAgent::readZip(const std::string& path) {
  return readZipFrom(*files_, sandboxId(), silence_, path);
}

std::unique_ptr<WriteStream> ShellGuestAgent::write(const std::string& path) {
  return writeTo(files_, sandboxId(), silence_, path);
}

std::unique_ptr<PortConnection> ShellGuestAgent::connectPort(int port) {
  return std::make_unique<DemoPort>(sandboxId(), silence_, port, std::nullopt);
}

Pending<std::shared_ptr<GuestAgent>> ShellGuestAgents::connect(const QString& /*socket*/, std::chrono::milliseconds /*limit*/) {
  Resolver<std::shared_ptr<GuestAgent>> resolver;
  QTimer::singleShot(kMoment, this, [resolver] { resolver.resolve(std::make_shared<ShellGuestAgent>()); });
  return resolver.pending();
}

}  // namespace terrarium
