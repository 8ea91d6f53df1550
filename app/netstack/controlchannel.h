// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <optional>
#include <string>

#include "backend/egress/channel/flowsocket.h"
#include "backend/egress/netstack/control.h"

namespace terrarium::netstack {

/// The channel to egress, which may end and be replaced by a new one. What has to arrive waits here while it is full.
class ControlChannel final : public Control {
 public:
  explicit ControlChannel(Descriptor socket) : socket_(std::in_place, std::move(socket)) {}

  [[nodiscard]] Offered offer(const egress::FlowMessage& message) override;
  void tell(const egress::FlowMessage& message) override;

  struct Received {
    egress::FromEgress message;
    Descriptor descriptor;
  };
  /// The next message; whatever is none ends the channel. A message is valid until the next call.
  [[nodiscard]] std::optional<Received> receive();
  /// Sends what waits.
  void flush();

  [[nodiscard]] bool isGone() const { return !socket_; }
  [[nodiscard]] bool isWaiting() const { return !waiting_.empty(); }
  [[nodiscard]] int number() const { return socket_ ? socket_->number() : -1; }
  void replace(Descriptor socket);

 private:
  void end();

  std::optional<egress::FlowSocket> socket_;
  std::deque<std::string> waiting_;
};

}  // namespace terrarium::netstack
