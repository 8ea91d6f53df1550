// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/serialguestagent.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "backend/guest/agentrequest.h"
#include "backend/guest/execstream.h"
#include "backend/guest/filedownload.h"
#include "backend/guest/fileupload.h"
#include "backend/guest/porttunnel.h"

namespace terrarium {

namespace {

constexpr std::chrono::seconds kAnswerLimit{15};
constexpr std::chrono::seconds kSettleLimit{60};
constexpr std::uint32_t kHighestPort = 65535;
constexpr int kMostPorts = 256;

Result<std::vector<FileEntry>> toFileEntries(const AgentRequest::Entries& entries) {
  std::vector<FileEntry> result;
  result.reserve(entries.size());
  for (const auto& entry : entries) {
    auto checked = toFileEntry(entry);
    if (!checked) return failure(checked.error());
    result.push_back(std::move(*checked));
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return result;
}

std::int64_t wallTimeOf(const GuestIdentity& identity) {
  if (identity.wallTime.count() != 0) return identity.wallTime.count();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

SerialGuestAgent::SerialGuestAgent(const QString& socketPath) : conversation_(socketPath) {
  connect(&conversation_, &AgentConversation::statisticsReceived, this, &SerialGuestAgent::report);
  connect(&conversation_, &AgentConversation::lost, this, &SerialGuestAgent::lost);
}

Pending<void> SerialGuestAgent::ask(guest::HostFrame question, std::chrono::milliseconds limit) {
  const Resolver<void> resolver;
  AgentRequest::ask(conversation_, std::move(question), limit, [resolver](const Result<AgentRequest::Entries>& answer) {
    resolver.resolve(answer ? Result<void>() : Result<void>(failure(answer.error())));
  });
  return resolver.pending();
}

Pending<void> SerialGuestAgent::assume(const GuestIdentity& identity) {
  guest::HostFrame frame;
  auto& assume = *frame.mutable_assume();
  assume.set_entropy(identity.entropy.constData(), static_cast<std::size_t>(identity.entropy.size()));
  assume.set_wall_time_ns(wallTimeOf(identity));
  assume.set_hostname(identity.hostname);
  assume.set_user(identity.user);
  assume.set_working_directory(identity.workingDirectory);
  for (const auto& [name, value] : identity.env) {
    auto& variable = *assume.add_env();
    variable.set_name(name);
    variable.set_value(value);
  }
  return ask(std::move(frame), kAnswerLimit);
}

Pending<void> SerialGuestAgent::ping() {
  guest::HostFrame frame;
  frame.mutable_ping();
  return ask(std::move(frame), kAnswerLimit);
}

Pending<void> SerialGuestAgent::settle(bool trim) {
  guest::HostFrame frame;
  frame.mutable_settle()->set_trim(trim);
  return ask(std::move(frame), kSettleLimit);
}

std::unique_ptr<ExecSession> SerialGuestAgent::run(const ExecRequest& request) {
  return std::make_unique<ExecStream>(conversation_, request);
}

std::unique_ptr<ExecSession> SerialGuestAgent::openTerminal(const TerminalRequest& request) {
  return std::make_unique<ExecStream>(conversation_, request);
}

Pending<std::vector<FileEntry>> SerialGuestAgent::list(const std::string& path) {
  const Resolver<std::vector<FileEntry>> resolver;
  guest::HostFrame frame;
  frame.mutable_list()->set_path(path);
  AgentRequest::ask(conversation_, std::move(frame), kAnswerLimit, [resolver](const Result<AgentRequest::Entries>& answer) {
    resolver.resolve(answer ? toFileEntries(*answer) : Result<std::vector<FileEntry>>(failure(answer.error())));
  });
  return resolver.pending();
}

Pending<FileEntry> SerialGuestAgent::stat(const std::string& path) {
  const Resolver<FileEntry> resolver;
  guest::HostFrame frame;
  frame.mutable_stat()->set_path(path);
  AgentRequest::ask(conversation_, std::move(frame), kAnswerLimit, [resolver](const Result<AgentRequest::Entries>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    if (answer->size() != 1) return resolver.resolve(failure(ErrorCode::Internal, "The guest agent described no file."));
    resolver.resolve(toFileEntry(answer->front()));
  });
  return resolver.pending();
}

std::unique_ptr<ReadStream> SerialGuestAgent::read(const std::string& path, const ByteRange& range) {
  guest::HostFrame frame;
  frame.mutable_read_file()->set_path(path);
  frame.mutable_read_file()->set_offset(range.offset);
  if (range.length) frame.mutable_read_file()->set_length(*range.length);
  return std::make_unique<FileDownload>(conversation_, std::move(frame));
}

std::unique_ptr<ReadStream> SerialGuestAgent::readZip(const std::string& path) {
  guest::HostFrame frame;
  frame.mutable_read_zip()->set_path(path);
  return std::make_unique<FileDownload>(conversation_, std::move(frame));
}

std::unique_ptr<WriteStream> SerialGuestAgent::write(const std::string& path) {
  return std::make_unique<FileUpload>(conversation_, path);
}

std::unique_ptr<PortConnection> SerialGuestAgent::connectPort(int port) {
  return std::make_unique<PortTunnel>(conversation_, port);
}

// Numbers of the guest are shown, not trusted: they only have to be possible.
void SerialGuestAgent::report(const guest::Statistics& statistics) {
  GuestStatistics result;
  const double cpu = statistics.cpu_percent();
  result.cpuPercent = std::isfinite(cpu) ? std::clamp(cpu, 0.0, 100.0) : 0.0;
  result.memoryTotalBytes = std::max<std::int64_t>(statistics.memory_total(), 0);
  result.memoryUsedBytes = std::clamp<std::int64_t>(statistics.memory_used(), 0, result.memoryTotalBytes);
  result.diskTotalBytes = std::max<std::int64_t>(statistics.disk_total(), 0);
  result.diskUsedBytes = std::clamp<std::int64_t>(statistics.disk_used(), 0, result.diskTotalBytes);
  result.processCount = static_cast<int>(std::min<std::uint32_t>(statistics.processes(), 1U << 22));
  for (int i = 0; i < std::min(statistics.listening_ports_size(), kMostPorts); ++i) {
    const auto port = statistics.listening_ports(i);
    if (port > 0 && port <= kHighestPort) result.listeningPorts.push_back(static_cast<int>(port));
  }
  emit statisticsReported(result);
}

}  // namespace terrarium
