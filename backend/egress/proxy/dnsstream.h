// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "backend/egress/proxy/dnsfront.h"
#include "backend/egress/proxy/eventloop.h"

namespace terrarium::egress {

/// A guest's connection to a name service: each message with its length before it. Owns the socket; belongs to one flow.
class DnsStream {
 public:
  static constexpr auto kIdle = std::chrono::seconds(10);
  static constexpr std::size_t kMaxOutstanding = 16;
  static constexpr std::size_t kMaxUnsent = std::size_t{256} * 1024;

  /// `done` is called once; the stream must outlive the call.
  DnsStream(EventLoop& loop, DnsFront& dns, Descriptor guest, std::function<void()> done);
  DnsStream(const DnsStream&) = delete;
  DnsStream& operator=(const DnsStream&) = delete;
  ~DnsStream() { loop_.unwatch(guest_.number()); }

  [[nodiscard]] EventLoop::Time lastUse() const { return lastUse_; }

 private:
  void read();
  void takeMessages();
  void answer(const std::string& message);
  void write();
  void endIfDone();

  EventLoop& loop_;
  DnsFront& dns_;
  Descriptor guest_;
  std::function<void()> done_;
  std::shared_ptr<DnsStream*> self_;  ///< answers may come when there is no stream any more
  std::string unread_;
  std::string unsent_;
  std::size_t outstanding_ = 0;
  bool hasEnded_ = false;
  bool isDone_ = false;
  EventLoop::Time lastUse_;
};

}  // namespace terrarium::egress
