// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

namespace terrarium::agent {

/// The agent's only thread sleeps here and nowhere else: descriptors by epoll, deadlines by its time-out.
class EventLoop {
 public:
  using Handler = std::function<void(std::uint32_t events)>;
  using Clock = std::chrono::steady_clock;
  using Timer = std::uint64_t;  ///< 0: none

  EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  ~EventLoop();

  void watch(int fd, std::uint32_t events, Handler handler);
  void change(int fd, std::uint32_t events);
  /// Must come before the descriptor is closed. Unknown descriptors are fine.
  void unwatch(int fd);

  [[nodiscard]] Timer after(std::chrono::milliseconds delay, std::function<void()> action);
  void cancel(Timer& timer);

  /// Called after each round of events; true when there is more to do before sleeping.
  void setBetween(std::function<bool()> between) { between_ = std::move(between); }
  void run();
  void stop() { running_ = false; }

 private:
  struct Watch {
    int fd;
    Handler handler;
    bool active = true;
  };
  struct Deadline {
    Timer id;
    std::function<void()> action;
  };
  [[nodiscard]] int sleepMilliseconds() const;
  void runTimers();

  int epoll_;
  bool running_ = false;
  Timer lastTimer_ = 0;
  std::unordered_map<int, std::shared_ptr<Watch>> watches_;
  std::multimap<Clock::time_point, Deadline> deadlines_;
  std::function<bool()> between_;
};

}  // namespace terrarium::agent
