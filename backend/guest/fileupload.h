// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/guestagent.h"
#include "backend/guest/outgoingcontent.h"

namespace terrarium {

/// A file on its way into the guest. Owned by whoever asked for it; may outlive the conversation.
class FileUpload final : public WriteStream, public AgentStream {
  Q_OBJECT
 public:
  FileUpload(AgentConversation& conversation, const std::string& path);

  void write(const QByteArray& bytes) override;
  [[nodiscard]] qint64 pending() const override { return content_.pending(); }
  void finish() override;

  [[nodiscard]] std::string receive(const guest::GuestFrame& frame) override;
  void brokenOff(const Error& error) override;

 private:
  void sendContent();

  StreamSeat seat_;
  OutgoingContent content_;
};

}  // namespace terrarium
