// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/splice.h"

#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace terrarium::egress {

namespace {

constexpr std::size_t kPortion = std::size_t{64} * 1024;
/// So that one busy flow does not keep the others waiting.
constexpr int kPortionsPerRound = 16;

}  // namespace

Splice::Splice(EventLoop& loop, Descriptor guest, Descriptor server, std::string greeting, Done done)
    : loop_(loop), done_(std::move(done)), lastUse_(loop.now()) {
  guest_.socket = std::move(guest);
  server_.socket = std::move(server);
  up_.bytes = greeting.size();
  up_.unjudged = std::move(greeting);
}

Splice::~Splice() { stop(); }

void Splice::watch(Side& side) {
  loop_.watch(side.socket.number(), [this, &side](std::uint32_t events) {
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) side.mayRead = true;
    if ((events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) side.mayWrite = true;
    pump();
  });
}

void Splice::begin() {
  watch(guest_);
  watch(server_);
  if (!admit(up_, {})) return done_(end_);
  pump();
}

void Splice::stop() {
  isStopped_ = true;
  loop_.unwatch(guest_.socket.number());
  loop_.unwatch(server_.socket.number());
}

Descriptor Splice::takeGuest() {
  stop();
  return std::move(guest_.socket);
}

void Splice::abort() const {
  const linger atOnce{1, 0};
  ::setsockopt(server_.socket.number(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
}

bool Splice::admit(Direction& direction, std::string_view bytes) {
  if (&direction == &down_) {
    if (listener_) listener_(bytes);
    direction.waiting.append(bytes);
    return true;
  }
  if (!gate_ && direction.unjudged.empty()) {
    direction.waiting.append(bytes);
    return true;
  }
  direction.unjudged.append(bytes);
  if (gate_ && !gate_(direction.unjudged, direction.waiting)) {
    end_ = End::Refused;
    return false;
  }
  if (isGateDropped_) gate_ = nullptr;
  if (!gate_) direction.waiting.append(std::exchange(direction.unjudged, {}));
  return true;
}

Splice::Step Splice::end(End end) {
  end_ = end;
  return Step::Ended;
}

void Splice::pump() {
  lastUse_ = loop_.now();
  for (int portions = 0; portions < kPortionsPerRound && !isStopped_; ++portions) {
    const auto up = move(guest_, server_, up_);
    const auto down = up == Step::Ended ? up : move(server_, guest_, down_);
    if (up_.isShut && down_.isShut) return done_(End::Finished);
    if (up == Step::Ended || down == Step::Ended) return done_(end_);
    if (up == Step::Idle && down == Step::Idle) return;
  }
  if (!isStopped_) loop_.again(guest_.socket.number());
}

Splice::Step Splice::move(Side& from, Side& to, Direction& direction) {
  auto result = Step::Idle;
  // What a gate held back may have become free by what the server said.
  if (!direction.unjudged.empty() && direction.waiting.empty()) {
    if (!admit(direction, {})) return Step::Ended;
    if (!direction.waiting.empty()) result = Step::Moved;
  }
  if (from.mayRead && !direction.hasEnded && direction.waiting.size() + direction.unjudged.size() < kMaxWaiting) {
    if (const auto step = read(from, to, direction); step != Step::Idle) result = step;
  }
  if (result == Step::Ended) return result;
  if (to.mayWrite && !direction.waiting.empty()) {
    if (const auto step = write(to, direction); step != Step::Idle) result = step;
  }
  if (result != Step::Ended && direction.hasEnded && direction.waiting.empty() && !direction.isShut) {
    ::shutdown(to.socket.number(), SHUT_WR);
    direction.isShut = true;
    result = Step::Moved;
  }
  return result;
}

Splice::Step Splice::read(Side& from, Side& to, Direction& direction) {
  std::array<char, kPortion> portion;  // not filled with zeros: that would cost more than the rest
  const auto count = ::recv(from.socket.number(), portion.data(), portion.size(), MSG_DONTWAIT);
  if (count < 0 && errno == EINTR) return Step::Moved;
  if (count < 0 && errno == EAGAIN) {
    from.mayRead = false;
    return Step::Idle;
  }
  if (count < 0) return end(&from == &guest_ ? End::GuestGone : End::ServerReset);
  if (count == 0) {
    direction.hasEnded = true;
    return Step::Moved;
  }
  direction.bytes += static_cast<std::uint64_t>(count);
  const std::string_view bytes(portion.data(), static_cast<std::size_t>(count));
  const bool isJudged = &direction == &up_ ? gate_ || !direction.unjudged.empty() : static_cast<bool>(listener_);
  if (isJudged || !direction.waiting.empty() || !to.mayWrite) return admit(direction, bytes) ? Step::Moved : Step::Ended;
  std::size_t sent = 0;
  if (send(to, bytes, sent) == Step::Ended) return Step::Ended;
  direction.waiting.append(bytes.substr(sent));
  return Step::Moved;
}

Splice::Step Splice::write(Side& to, Direction& direction) {
  std::size_t sent = 0;
  const auto step = send(to, direction.waiting, sent);
  direction.waiting.erase(0, sent);
  // Thousands of flows would keep what each has needed once.
  if (direction.waiting.empty()) direction.waiting = {};
  return step;
}

Splice::Step Splice::send(Side& to, std::string_view bytes, std::size_t& sent) {
  const auto count = ::send(to.socket.number(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count >= 0) {
    sent = static_cast<std::size_t>(count);
    return Step::Moved;
  }
  if (errno == EINTR) return Step::Moved;
  if (errno != EAGAIN) return end(&to == &guest_ ? End::GuestGone : End::ServerReset);
  to.mayWrite = false;
  return Step::Idle;
}

}  // namespace terrarium::egress
