// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <memory>

#include "backend/api/events.h"
#include "backend/demo/demofiletree.h"
#include "backend/demo/demoshell.h"
#include "backend/engine/ports/guestagent.h"

namespace terrarium {

/// An agent that answers commands and files like a guest would, with the shell and the file tree of the demonstration.
class ShellGuestAgent final : public GuestAgent {
  Q_OBJECT
 public:
  ShellGuestAgent();

  [[nodiscard]] std::string version() const override { return "agent-1"; }
  Pending<void> assume(const GuestIdentity& identity) override;
  Pending<void> ping() override { return settled<void>({}); }
  Pending<void> settle(bool trim) override;
  [[nodiscard]] std::unique_ptr<ExecSession> run(const ExecRequest& request) override;
  [[nodiscard]] std::unique_ptr<ExecSession> openTerminal(const TerminalRequest& request) override;
  Pending<std::vector<FileEntry>> list(const std::string& path) override;
  Pending<FileEntry> stat(const std::string& path) override;
  [[nodiscard]] std::unique_ptr<ReadStream> read(const std::string& path, const ByteRange& range) override;
  [[nodiscard]] std::unique_ptr<ReadStream> readZip(const std::string& path) override;
  [[nodiscard]] std::unique_ptr<WriteStream> write(const std::string& path) override;
  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(int port) override;

 private:
  [[nodiscard]] DemoShell shell(const std::map<std::string, std::string>& env, const std::string& workingDirectory,
                                bool terminal) const;

  Events silence_;  ///< nothing ends the sessions but the engine
  GuestIdentity identity_;
  std::shared_ptr<DemoFileTree> files_;
  QTimer statistics_;
};

/// Agents that answer after a moment, as a machine that wakes does.
class ShellGuestAgents final : public QObject, public GuestAgents {
  Q_OBJECT
 public:
  Pending<std::shared_ptr<GuestAgent>> connect(const QString& socket, std::chrono::milliseconds limit) override;
  [[nodiscard]] std::string shippedVersion() const override { return "agent-1"; }
};

}  // namespace terrarium
