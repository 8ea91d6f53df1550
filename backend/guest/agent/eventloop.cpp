// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/eventloop.h"

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace terrarium::agent {

EventLoop::EventLoop() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

EventLoop::~EventLoop() { close(epoll_); }

void EventLoop::watch(int fd, std::uint32_t events, Handler handler) {
  unwatch(fd);
  auto watch = std::make_shared<Watch>(Watch{fd, std::move(handler)});
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
  watches_[fd] = std::move(watch);
}

void EventLoop::change(int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::unwatch(int fd) {
  const auto it = watches_.find(fd);
  if (it == watches_.end()) return;
  it->second->active = false;
  watches_.erase(it);
  epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr);
}

EventLoop::Timer EventLoop::after(std::chrono::milliseconds delay, std::function<void()> action) {
  deadlines_.emplace(Clock::now() + delay, Deadline{++lastTimer_, std::move(action)});
  return lastTimer_;
}

void EventLoop::cancel(Timer& timer) {
  const auto id = std::exchange(timer, 0);
  if (id == 0) return;
  const auto it = std::find_if(deadlines_.begin(), deadlines_.end(), [id](const auto& entry) { return entry.second.id == id; });
  if (it != deadlines_.end()) deadlines_.erase(it);
}

int EventLoop::sleepMilliseconds() const {
  if (deadlines_.empty()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadlines_.begin()->first - Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000));
}

void EventLoop::runTimers() {
  const auto now = Clock::now();
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    const auto action = std::move(deadlines_.begin()->second.action);
    deadlines_.erase(deadlines_.begin());
    action();
  }
}

void EventLoop::run() {
  std::array<epoll_event, 32> events{};
  running_ = true;
  while (running_) {
    const bool more = between_ && between_();
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), more ? 0 : sleepMilliseconds());
    // A handler may unwatch descriptors that are reported in the same round, and their numbers may be taken again.
    std::vector<std::pair<std::shared_ptr<Watch>, std::uint32_t>> due;
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      const auto it = watches_.find(event.data.fd);
      if (it != watches_.end()) due.emplace_back(it->second, event.events);
    }
    for (const auto& [watch, happened] : due) {
      if (watch->active) watch->handler(happened);
    }
    runTimers();
  }
}

}  // namespace terrarium::agent
