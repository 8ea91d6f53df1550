// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/guestagent.h"
#include "backend/guest/agentconversation.h"

namespace terrarium {

/// The guest agent behind a virtio-serial port, which is a unix socket on this side.
class SerialGuestAgent final : public GuestAgent {
  Q_OBJECT
 public:
  explicit SerialGuestAgent(const QString& socketPath);

  [[nodiscard]] AgentConversation& conversation() { return conversation_; }

  [[nodiscard]] std::string version() const override { return conversation_.agentVersion(); }
  Pending<void> assume(const GuestIdentity& identity) override;
  Pending<void> ping() override;
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
  Pending<void> ask(guest::HostFrame question, std::chrono::milliseconds limit);
  void report(const guest::Statistics& statistics);

  AgentConversation conversation_;
};

}  // namespace terrarium
