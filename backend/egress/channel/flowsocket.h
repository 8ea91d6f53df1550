// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <string_view>

#include "backend/egress/channel/flowchannel.h"
#include "backend/support/descriptor.h"

namespace terrarium::egress {

/// One end of the channel between netstack and egress: whole messages, with a descriptor beside them, over a SEQPACKET socket that
/// never blocks. Knows nothing of what the messages say. One thread.
class FlowSocket {
 public:
  enum class Sent {
    Yes,
    Full,  ///< not sent; worth trying again when the descriptor is writable
    Gone,  ///< the other side is
  };
  enum class Step {
    Message,
    Empty,  ///< nothing there now
    Gone,   ///< the other side is
    Bad,    ///< longer than any message; what came with it was closed
  };
  struct Received {
    Step step = Step::Empty;
    std::string_view bytes = {};  ///< valid until the next call of receive()
    Descriptor descriptor = {};   ///< what came along, if one did; of several only the first is kept
  };

  /// Messages beyond `longest` are bad.
  explicit FlowSocket(Descriptor socket, std::size_t longest = kMaxFlowMessage);

  /// `descriptor` stays the caller's.
  [[nodiscard]] Sent send(std::string_view message, int descriptor = -1);
  [[nodiscard]] Received receive();
  [[nodiscard]] int number() const { return socket_.number(); }

 private:
  Descriptor socket_;
  std::size_t longest_;
  std::unique_ptr<char[]> buffer_;  ///< not touched before it is needed: there are two per sandbox
};

}  // namespace terrarium::egress
