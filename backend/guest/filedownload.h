// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/guestagent.h"
#include "backend/guest/incomingcredit.h"

namespace terrarium {

/// A file, or a directory as an archive, on its way out of the guest. Owned by whoever asked for it; may outlive the conversation.
class FileDownload final : public ReadStream, public AgentStream {
  Q_OBJECT
 public:
  /// `first` asks for a file or an archive.
  FileDownload(AgentConversation& conversation, guest::HostFrame first);

  void consumed(qint64 bytes) override;

  [[nodiscard]] std::string receive(const guest::GuestFrame& frame) override;
  void brokenOff(const Error& error) override;

 private:
  [[nodiscard]] std::string receiveData(const std::string& data);
  [[nodiscard]] std::string receiveOpened(const guest::Entry& entry);

  StreamSeat seat_;
  bool open_ = false;
  IncomingCredit credit_;
};

/// What the guest says of a file, when it can be.
[[nodiscard]] Result<FileEntry> toFileEntry(const guest::Entry& entry);

}  // namespace terrarium
