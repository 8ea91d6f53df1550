// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>

#include "backend/guest/agentconversation.h"

namespace terrarium {

/// A stream's place in a conversation: takes it, sends from it, and gives it up when it dies, so that the guest ends what goes on
/// there. Member of a stream; may outlive the conversation.
class StreamSeat {
 public:
  explicit StreamSeat(AgentConversation& conversation) : conversation_(&conversation) {}
  StreamSeat(const StreamSeat&) = delete;
  StreamSeat& operator=(const StreamSeat&) = delete;
  ~StreamSeat();

  /// Takes the place by sending the first frame.
  [[nodiscard]] Result<void> take(AgentStream& stream, guest::HostFrame first);
  [[nodiscard]] bool isTaken() const { return id_ != 0 && conversation_; }
  /// Does nothing when the place is not taken.
  void send(guest::HostFrame frame);
  /// The stream has ended by itself.
  void leave();
  /// The conversation has ended.
  void lose() { id_ = 0; }

 private:
  QPointer<AgentConversation> conversation_;
  std::uint32_t id_ = 0;  ///< 0: not, or no longer, part of the conversation
};

}  // namespace terrarium
