// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>

#include "backend/engine/ports/guestagent.h"
#include "tests/support/callscript.h"

namespace terrarium {

/// A command that does nothing until the test says so; commands of the template's warm-up end by themselves.
class FakeExecSession : public ExecSession {
  Q_OBJECT
 public:
  void write(const QByteArray& bytes) override { input += bytes; }
  [[nodiscard]] qint64 inputPending() const override { return input.size(); }
  void closeInput() override { inputClosed = true; }
  void sendSignal(const QByteArray& name) override { signals_.append(name); }
  void resize(int columns, int rows) override { size = {columns, rows}; }
  void consumed(qint64 bytes) override { taken += bytes; }
  void finish(int exitCode);

  QByteArray input;
  bool inputClosed = false;
  QList<QByteArray> signals_;
  std::pair<int, int> size;
  qint64 taken = 0;
};

/// A connection into a sandbox that does nothing until the test says so.
class FakePortConnection : public PortConnection {
  Q_OBJECT
 public:
  void write(const QByteArray& bytes) override { written += bytes; }
  [[nodiscard]] qint64 pending() const override { return stuck; }
  void closeWrite() override { writeClosed = true; }
  void consumed(qint64 bytes) override { taken += bytes; }

  QByteArray written;
  bool writeClosed = false;
  qint64 stuck = 0;  ///< how much is said to be pending
  qint64 taken = 0;
};

/// Calls: "agent.assume", ".ping", ".settle", ".run". Files are not faked.
class FakeGuestAgent : public GuestAgent {
  Q_OBJECT
 public:
  explicit FakeGuestAgent(CallScript& script) : script_(script) {}

  [[nodiscard]] std::string version() const override { return "agent-1"; }
  Pending<void> assume(const GuestIdentity& identity) override;
  Pending<void> ping() override { return script_.answer("agent.ping"); }
  Pending<void> settle(bool trim) override;
  [[nodiscard]] std::unique_ptr<ExecSession> run(const ExecRequest& request) override;
  [[nodiscard]] std::unique_ptr<ExecSession> openTerminal(const TerminalRequest&) override;
  Pending<std::vector<FileEntry>> list(const std::string&) override;
  Pending<FileEntry> stat(const std::string& path) override;
  [[nodiscard]] std::unique_ptr<ReadStream> read(const std::string&, const ByteRange&) override;
  [[nodiscard]] std::unique_ptr<ReadStream> readZip(const std::string&) override;
  [[nodiscard]] std::unique_ptr<WriteStream> write(const std::string&) override;
  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(int port) override;

  GuestIdentity identity;
  bool trimmed = false;
  bool finishesAtOnce = true;
  QPointer<FakeExecSession> lastSession;
  QPointer<FakePortConnection> lastConnection;

 private:
  CallScript& script_;
};

/// Calls: "agents.connect".
class FakeGuestAgents : public GuestAgents {
 public:
  explicit FakeGuestAgents(CallScript& script) : script_(script) {}
  Pending<std::shared_ptr<GuestAgent>> connect(const QString& socket, std::chrono::milliseconds limit) override;
  [[nodiscard]] std::string shippedVersion() const override { return "agent-1"; }

  QPointer<FakeGuestAgent> last;
  bool finishesAtOnce = true;

 private:
  CallScript& script_;
};

}  // namespace terrarium
