// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "backend/egress/policy/judge.h"
#include "backend/egress/proxy/eventloop.h"

namespace terrarium::egress {

/// Connects to the first of some addresses that answers. The one place where the gateway makes connections: the address that is
/// asked about here is the one that is connected to. Belongs to one flow.
class Dialler {
 public:
  /// `socket` is closed when it failed; `reason` then goes on after "the target ".
  struct Outcome {
    Descriptor socket;
    IpAddress address;
    std::string reason;
    bool isUnreachable = false;
  };
  using Done = std::function<void(Outcome)>;
  static constexpr std::size_t kMaxAddresses = 4;
  static constexpr auto kPatience = std::chrono::seconds(15);

  Dialler(EventLoop& loop, const Judge& judge, Done done) : loop_(loop), judge_(judge), done_(std::move(done)) {}
  Dialler(const Dialler&) = delete;
  Dialler& operator=(const Dialler&) = delete;
  ~Dialler() { drop(); }

  /// Not empty. `done` may be called before this returns; the dialler must outlive the call.
  void dial(std::vector<IpAddress> addresses, std::uint16_t port);
  void cancel() { drop(); }
  /// Goes on to the next address when this one takes too long.
  void tick();

 private:
  void dialNext();
  void finished();
  void failed(int error);
  void drop();

  EventLoop& loop_;
  const Judge& judge_;
  Done done_;
  std::vector<IpAddress> addresses_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
  EventLoop::Time begun_;
  Descriptor socket_;
};

}  // namespace terrarium::egress
