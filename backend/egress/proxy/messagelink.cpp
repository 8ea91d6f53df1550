// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/messagelink.h"

#include <sys/epoll.h>

namespace terrarium::egress {

namespace {
constexpr int kMessagesPerRound = 64;
}

MessageLink::MessageLink(EventLoop& loop, Descriptor socket, std::size_t longest, Received received)
    : loop_(loop), socket_(std::in_place, std::move(socket), longest), received_(std::move(received)) {
  loop_.watch(socket_->number(), [this](std::uint32_t events) {
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) mayRead_ = true;
    flush();
    read();
  });
}

void MessageLink::close() {
  if (!socket_) return;
  loop_.unwatch(socket_->number());
  socket_.reset();
  waiting_.clear();
}

void MessageLink::send(std::string message, Descriptor descriptor) {
  if (!socket_) return;
  waiting_.push_back({std::move(message), std::move(descriptor)});
  if (waiting_.size() == 1) flush();
}

void MessageLink::flush() {
  while (socket_ && !waiting_.empty()) {
    const auto& first = waiting_.front();
    const auto sent = socket_->send(first.bytes, first.descriptor.number());
    if (sent == FlowSocket::Sent::Full) return;
    waiting_.pop_front();
    // The end is noticed when reading, too.
    if (sent == FlowSocket::Sent::Gone) waiting_.clear();
  }
}

void MessageLink::read() {
  for (int messages = 0; socket_ && mayRead_ && waiting_.empty(); ++messages) {
    if (messages == kMessagesPerRound) return loop_.again(socket_->number());
    auto received = socket_->receive();
    if (received.step == FlowSocket::Step::Empty) {
      mayRead_ = false;
      return;
    }
    if (received.step != FlowSocket::Step::Message) close();
    received_(std::move(received));
  }
}

}  // namespace terrarium::egress
