// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/fakeguestagents.h"

namespace terrarium {

namespace {

class FakeReadStream : public ReadStream {
 public:
  void consumed(qint64) override {}
};

class FakeWriteStream : public WriteStream {
 public:
  void write(const QByteArray&) override {}
  [[nodiscard]] qint64 pending() const override { return 0; }
  void finish() override {
    QMetaObject::invokeMethod(
        this, [this] { emit stored(0); }, Qt::QueuedConnection);
  }
};

}  // namespace

void FakeExecSession::finish(int exitCode) { emit finished(ExecResult{exitCode, std::chrono::milliseconds(1)}); }

Pending<void> FakeGuestAgent::assume(const GuestIdentity& given) {
  return script_.answer("agent.assume", [this, given] { identity = given; });
}

Pending<void> FakeGuestAgent::settle(bool trim) {
  return script_.answer("agent.settle", [this, trim] { trimmed = trim; });
}

std::unique_ptr<ExecSession> FakeGuestAgent::run(const ExecRequest&) {
  (void)script_.answer("agent.run");
  auto session = std::make_unique<FakeExecSession>();
  lastSession = session.get();
  if (finishesAtOnce) {
    auto* raw = session.get();
    QMetaObject::invokeMethod(
        raw, [raw] { raw->finish(0); }, Qt::QueuedConnection);
  }
  return session;
}

std::unique_ptr<ExecSession> FakeGuestAgent::openTerminal(const TerminalRequest&) { return std::make_unique<FakeExecSession>(); }

Pending<std::vector<FileEntry>> FakeGuestAgent::list(const std::string&) { return settled<std::vector<FileEntry>>({}); }

Pending<FileEntry> FakeGuestAgent::stat(const std::string& path) {
  FileEntry entry;
  entry.name = path;
  return settled<FileEntry>(entry);
}

std::unique_ptr<ReadStream> FakeGuestAgent::read(const std::string&, const ByteRange&) {
  return std::make_unique<FakeReadStream>();
}

std::unique_ptr<ReadStream> FakeGuestAgent::readZip(const std::string&) { return std::make_unique<FakeReadStream>(); }

std::unique_ptr<WriteStream> FakeGuestAgent::write(const std::string&) { return std::make_unique<FakeWriteStream>(); }

std::unique_ptr<PortConnection> FakeGuestAgent::connectPort(int) {
  auto connection = std::make_unique<FakePortConnection>();
  lastConnection = connection.get();
  return connection;
}

Pending<std::shared_ptr<GuestAgent>> FakeGuestAgents::connect(const QString&, std::chrono::milliseconds) {
  return script_.answer<std::shared_ptr<GuestAgent>>("agents.connect", [this] {
    auto agent = std::make_shared<FakeGuestAgent>(script_);
    agent->finishesAtOnce = finishesAtOnce;
    last = agent.get();
    return Result<std::shared_ptr<GuestAgent>>(agent);
  });
}

}  // namespace terrarium
