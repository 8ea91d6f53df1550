// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/guestagent.h"
#include "backend/guest/incomingcredit.h"
#include "backend/guest/outgoingcontent.h"

namespace terrarium {

/// A connection to a port of the guest, through the agent. Owned by whoever asked for it; may outlive the conversation.
class PortTunnel final : public PortConnection, public AgentStream {
  Q_OBJECT
 public:
  PortTunnel(AgentConversation& conversation, int port);

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override { return output_.pending(); }
  void closeWrite() override;
  void consumed(qint64 bytes) override { input_.consumed(bytes, seat_); }

  [[nodiscard]] std::string receive(const guest::GuestFrame& frame) override;
  void brokenOff(const Error& error) override;

 private:
  [[nodiscard]] std::string receiveOpen(const guest::GuestFrame& frame);
  void sendOutput();

  StreamSeat seat_;
  bool open_ = false;
  bool ended_ = false;
  OutgoingContent output_;
  IncomingCredit input_;
};

}  // namespace terrarium
