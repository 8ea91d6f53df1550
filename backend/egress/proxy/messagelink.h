// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "backend/egress/channel/flowsocket.h"
#include "backend/egress/proxy/eventloop.h"

namespace terrarium::egress {

/// One of the gateway's two channels: sends in order and keeps what finds no room; does not read while something waits, so that the
/// other side cannot make it wait for more and more.
class MessageLink {
 public:
  using Received = std::function<void(FlowSocket::Received)>;

  /// `received` gets whole messages, and once Gone or Bad when there will be no more.
  MessageLink(EventLoop& loop, Descriptor socket, std::size_t longest, Received received);
  MessageLink(const MessageLink&) = delete;
  MessageLink& operator=(const MessageLink&) = delete;
  ~MessageLink() { close(); }

  /// `descriptor` goes along and is closed here.
  void send(std::string message, Descriptor descriptor = Descriptor());
  [[nodiscard]] bool isBusy() const { return !waiting_.empty(); }
  [[nodiscard]] bool isOpen() const { return socket_.has_value(); }
  /// Nothing is received any more, and the other side notices.
  void close();

 private:
  struct Message {
    std::string bytes;
    Descriptor descriptor;
  };
  void flush();
  void read();

  EventLoop& loop_;
  std::optional<FlowSocket> socket_;
  Received received_;
  bool mayRead_ = false;
  std::deque<Message> waiting_;
};

}  // namespace terrarium::egress
