// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/netstack/controlchannel.h"

namespace terrarium::netstack {

using egress::FlowSocket;

Control::Offered ControlChannel::offer(const egress::FlowMessage& message) {
  if (!socket_) return Offered::Gone;
  if (!waiting_.empty()) return Offered::Full;
  switch (socket_->send(encoded(message))) {
    case FlowSocket::Sent::Yes:
      return Offered::Taken;
    case FlowSocket::Sent::Full:
      return Offered::Full;
    case FlowSocket::Sent::Gone:
      break;
  }
  end();
  return Offered::Gone;
}

void ControlChannel::tell(const egress::FlowMessage& message) {
  if (!socket_) return;
  waiting_.push_back(encoded(message));
  if (waiting_.size() == 1) flush();
}

void ControlChannel::flush() {
  while (socket_ && !waiting_.empty()) {
    const auto sent = socket_->send(waiting_.front());
    if (sent == FlowSocket::Sent::Full) return;
    if (sent == FlowSocket::Sent::Gone) return end();
    waiting_.pop_front();
  }
}

std::optional<ControlChannel::Received> ControlChannel::receive() {
  if (!socket_) return std::nullopt;
  auto received = socket_->receive();
  if (received.step == FlowSocket::Step::Empty) return std::nullopt;
  if (received.step == FlowSocket::Step::Message) {
    if (auto message = egress::parseFromEgress(received.bytes))
      return Received{std::move(*message), std::move(received.descriptor)};
  }
  end();
  return std::nullopt;
}

void ControlChannel::replace(Descriptor socket) {
  end();
  socket_.emplace(std::move(socket));
}

void ControlChannel::end() {
  socket_.reset();
  waiting_.clear();
}

}  // namespace terrarium::netstack
