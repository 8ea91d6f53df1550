// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/guestagent.h"
#include "backend/guest/incomingcredit.h"
#include "backend/guest/outgoingcontent.h"

namespace terrarium {

/// A command or terminal at the agent. Owned by whoever asked for it; may outlive the conversation, of which it then has no use.
class ExecStream final : public ExecSession, public AgentStream {
  Q_OBJECT
 public:
  ExecStream(AgentConversation& conversation, const ExecRequest& request);
  ExecStream(AgentConversation& conversation, const TerminalRequest& request);

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 inputPending() const override { return input_.pending(); }
  void closeInput() override;
  void sendSignal(const QByteArray& name) override;
  void resize(int columns, int rows) override;
  void consumed(qint64 bytes) override;

  [[nodiscard]] std::string receive(const guest::GuestFrame& frame) override;
  void brokenOff(const Error& error) override;

 private:
  void begin(guest::HostFrame first);
  void sendInput();
  [[nodiscard]] std::string receiveOutput(const guest::Output& output);

  StreamSeat seat_;
  OutgoingContent input_;
  IncomingCredit output_;
};

}  // namespace terrarium
