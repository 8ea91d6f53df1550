// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

#include "backend/guest/agent.pb.h"
#include "backend/support/error.h"

namespace terrarium {

/// The host's side of one number in a conversation.
class AgentStream {
 public:
  virtual ~AgentStream() = default;
  /// Takes a frame of the guest. Empty: fine; otherwise what was wrong with it, and the conversation is ended for it.
  [[nodiscard]] virtual std::string receive(const guest::GuestFrame& frame) = 0;
  /// The conversation is over; the stream is no longer part of it.
  virtual void brokenOff(const Error& error) = 0;
};

/// What the guest reports as a failure, with bounded text.
[[nodiscard]] Error toError(const guest::Failure& failure);

}  // namespace terrarium
