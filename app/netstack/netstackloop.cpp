// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/netstack/netstackloop.h"

#include <algorithm>
#include <array>
#include <limits>
#include <sys/epoll.h>

#include "app/netstack/socketstream.h"

namespace terrarium::netstack {

namespace {

// Everything else is the number of a flow.
constexpr std::uint64_t kFrames = 0;
constexpr std::uint64_t kControl = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kRenewal = kControl - 1;

constexpr int kBatch = 64;

void changeInterest(int epoll, int socket, std::uint64_t name, bool alsoRoom) {
  epoll_event event{EPOLLIN | (alsoRoom ? std::uint32_t{EPOLLOUT} : 0), {}};
  event.data.u64 = name;
  ::epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event);
}

}  // namespace

NetstackLoop::NetstackLoop(Descriptors descriptors, const HashKey& key)
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      frames_(std::move(descriptors.frames)),
      cable_(frames_.number()),
      control_(std::move(descriptors.control)),
      netstack_(cable_, control_, key),
      frame_(kMaxFrame + 1) {
  if (descriptors.renewal.isOpen()) renewal_.emplace(std::move(descriptors.renewal));
  watch(frames_.number(), kFrames);
  watch(control_.number(), kControl);
  if (renewal_) watch(renewal_->number(), kRenewal);
}

void NetstackLoop::watch(int socket, std::uint64_t name) {
  epoll_event event{EPOLLIN, {}};
  event.data.u64 = name;
  ::epoll_ctl(epoll_.number(), EPOLL_CTL_ADD, socket, &event);
}

void NetstackLoop::run() {
  std::array<epoll_event, kBatch> events{};
  while (renewal_ || !control_.isGone()) {
    const int count = ::epoll_wait(epoll_.number(), events.data(), kBatch, timeout());
    const auto now = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)], now);
    netstack_.endBatch(now);
    noticeEndOfControl();
    updateInterest();
  }
}

void NetstackLoop::handle(const epoll_event& event, Time now) {
  switch (event.data.u64) {
    case kFrames:
      if ((event.events & EPOLLOUT) != 0) netstack_.cableWritable();
      return readFrames(now);
    case kControl:
      if ((event.events & EPOLLOUT) != 0) control_.flush();
      return readControl(now);
    case kRenewal:
      return readRenewal();
    default:
      netstack_.streamReady(event.data.u64, (event.events & ~std::uint32_t{EPOLLOUT}) != 0,
                            (event.events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0);
  }
}

void NetstackLoop::readFrames(Time now) {
  for (int i = 0; i < kBatch; ++i) {
    const auto size = cable_.receive(frame_);
    if (size == 0) return;
    netstack_.receiveFrame(Bytes(frame_).first(size), now);
  }
}

void NetstackLoop::readControl(Time now) {
  for (int i = 0; i < kBatch; ++i) {
    auto received = control_.receive();
    if (!received) return;
    std::unique_ptr<Stream> stream;
    const auto* accept = std::get_if<egress::Accept>(&received->message);
    if (accept != nullptr && received->descriptor.isOpen()) {
      stream = SocketStream::watch(std::move(received->descriptor), epoll_.number(), accept->id);
    }
    netstack_.receiveMessage(received->message, std::move(stream), now);
  }
}

void NetstackLoop::readRenewal() {
  auto received = renewal_->receive();
  if (received.step == egress::FlowSocket::Step::Empty) return;
  if (received.step != egress::FlowSocket::Step::Message) return renewal_.reset();
  if (!received.descriptor.isOpen()) return;
  netstack_.egressIsGone();
  control_.replace(std::move(received.descriptor));
  hadControl_ = true;
  awaitsControl_ = false;
  watch(control_.number(), kControl);
}

void NetstackLoop::noticeEndOfControl() {
  if (!control_.isGone() || !hadControl_) return;
  hadControl_ = false;
  netstack_.egressIsGone();
}

void NetstackLoop::updateInterest() {
  if (netstack_.waitsForCable() != awaitsCable_) {
    awaitsCable_ = !awaitsCable_;
    changeInterest(epoll_.number(), frames_.number(), kFrames, awaitsCable_);
  }
  if (control_.isGone() || control_.isWaiting() == awaitsControl_) return;
  awaitsControl_ = !awaitsControl_;
  changeInterest(epoll_.number(), control_.number(), kControl, awaitsControl_);
}

int NetstackLoop::timeout() const {
  const auto deadline = netstack_.deadline();
  if (deadline == kNever) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<decltype(left)>(left, 0, 60'000));
}

}  // namespace terrarium::netstack
