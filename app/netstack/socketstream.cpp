// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/netstack/socketstream.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace terrarium::netstack {

namespace {

constexpr std::uint32_t kWatched = EPOLLIN | EPOLLRDHUP | EPOLLET;

Stream::Moved moved(ssize_t size) {
  if (size > 0) return {Stream::State::Good, static_cast<std::size_t>(size)};
  return {errno == EAGAIN || errno == EINTR ? Stream::State::Later : Stream::State::Broken};
}

}  // namespace

std::unique_ptr<SocketStream> SocketStream::watch(Descriptor socket, int epoll, egress::FlowId id) {
  epoll_event event{kWatched, {}};
  event.data.u64 = id;
  if (::epoll_ctl(epoll, EPOLL_CTL_ADD, socket.number(), &event) != 0) return nullptr;
  return std::unique_ptr<SocketStream>(new SocketStream(std::move(socket), epoll, id));
}

Stream::Moved SocketStream::read(Space into) {
  const auto size = ::recv(socket_.number(), into.data(), into.size(), MSG_DONTWAIT);
  return size == 0 ? Moved{State::Ended} : moved(size);
}

Stream::Moved SocketStream::write(Bytes bytes) {
  const auto result = moved(::send(socket_.number(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
  if (result.state != State::Later || watchesRoom_) return result;
  // Only who was full once wants to hear of room: every read at the other end would wake us.
  epoll_event event{kWatched | EPOLLOUT, {}};
  event.data.u64 = id_;
  watchesRoom_ = ::epoll_ctl(epoll_, EPOLL_CTL_MOD, socket_.number(), &event) == 0;
  return result;
}

void SocketStream::endWriting() { ::shutdown(socket_.number(), SHUT_WR); }

}  // namespace terrarium::netstack
