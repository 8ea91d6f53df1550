// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "backend/support/descriptor.h"

namespace terrarium::egress {

/// The gateway's only thread sleeps here and nowhere else: descriptors by epoll, edge-triggered, and delays by its time-out.
class EventLoop {
 public:
  using Handler = std::function<void(std::uint32_t events)>;
  using Time = std::chrono::steady_clock::time_point;

  EventLoop();

  /// Says once when the descriptor becomes readable or writable; handlers read and write until they would have to wait.
  void watch(int descriptor, Handler handler);
  /// Must come before the descriptor is closed. Unknown descriptors are fine.
  void unwatch(int descriptor);
  /// Calls the handler in the next round with no events: there is more to do.
  void again(int descriptor) { again_.push_back(descriptor); }
  void after(std::chrono::milliseconds delay, std::function<void()> action);
  /// Called before each sleep.
  void setBetween(std::function<void()> between) { between_ = std::move(between); }

  /// When the present round began.
  [[nodiscard]] Time now() const { return now_; }
  void run();
  void stop() { running_ = false; }

 private:
  struct Watch {
    Handler handler;
    bool active = true;
  };
  using Due = std::vector<std::pair<std::shared_ptr<Watch>, std::uint32_t>>;
  [[nodiscard]] int sleepMilliseconds() const;
  void addDue(Due& due, int descriptor, std::uint32_t events) const;
  void runDelayed();

  Descriptor epoll_;
  bool running_ = false;
  Time now_;
  std::unordered_map<int, std::shared_ptr<Watch>> watches_;
  std::vector<int> again_;
  std::multimap<Time, std::function<void()>> delayed_;
  std::function<void()> between_;
};

}  // namespace terrarium::egress
