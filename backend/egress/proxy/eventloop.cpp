// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/eventloop.h"

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <utility>

namespace terrarium::egress {

EventLoop::EventLoop() : epoll_(::epoll_create1(EPOLL_CLOEXEC)), now_(std::chrono::steady_clock::now()) {}

void EventLoop::watch(int descriptor, Handler handler) {
  unwatch(descriptor);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.fd = descriptor;
  ::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, descriptor, &event);
  watches_[descriptor] = std::make_shared<Watch>(Watch{std::move(handler)});
}

void EventLoop::unwatch(int descriptor) {
  const auto found = watches_.find(descriptor);
  if (found == watches_.end()) return;
  found->second->active = false;
  watches_.erase(found);
  ::epoll_ctl(epoll_.number(), EPOLL_CTL_DEL, descriptor, nullptr);
}

void EventLoop::after(std::chrono::milliseconds delay, std::function<void()> action) {
  delayed_.emplace(std::chrono::steady_clock::now() + delay, std::move(action));
}

int EventLoop::sleepMilliseconds() const {
  if (!again_.empty()) return 0;
  if (delayed_.empty()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(delayed_.begin()->first - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000));
}

void EventLoop::addDue(Due& due, int descriptor, std::uint32_t events) const {
  if (const auto found = watches_.find(descriptor); found != watches_.end()) due.emplace_back(found->second, events);
}

void EventLoop::runDelayed() {
  while (running_ && !delayed_.empty() && delayed_.begin()->first <= now_) {
    const auto action = std::move(delayed_.begin()->second);
    delayed_.erase(delayed_.begin());
    action();
  }
}

void EventLoop::run() {
  std::array<epoll_event, 64> events{};
  running_ = true;
  while (running_) {
    if (between_) between_();
    const int count = ::epoll_wait(epoll_.number(), events.data(), static_cast<int>(events.size()), sleepMilliseconds());
    now_ = std::chrono::steady_clock::now();
    // A handler may unwatch descriptors that are reported in the same round, and their numbers may be taken again.
    Due due;
    for (int i = 0; i < count; ++i)
      addDue(due, events[static_cast<std::size_t>(i)].data.fd, events[static_cast<std::size_t>(i)].events);
    for (const int descriptor : std::exchange(again_, {})) addDue(due, descriptor, 0);
    for (const auto& [watch, happened] : due) {
      if (watch->active && running_) watch->handler(happened);
    }
    runDelayed();
  }
}

}  // namespace terrarium::egress
