// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/dialler.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "backend/egress/proxy/socketaddress.h"

namespace terrarium::egress {

namespace {

const char* sentence(int error) {
  switch (error) {
    case ECONNREFUSED:
      return "refused the connection";
    case ETIMEDOUT:
      return "did not answer in time";
    case ENETUNREACH:
    case EHOSTUNREACH:
      return "cannot be reached from this computer";
    default:
      return "could not be connected to";
  }
}

}  // namespace

void Dialler::dial(std::vector<IpAddress> addresses, std::uint16_t port) {
  addresses_ = std::move(addresses);
  if (addresses_.size() > kMaxAddresses) addresses_.erase(addresses_.begin() + kMaxAddresses, addresses_.end());
  port_ = port;
  next_ = 0;
  dialNext();
}

void Dialler::dialNext() {
  const auto& address = addresses_[next_];
  begun_ = loop_.now();
  if (judge_.target(address, {}).outcome != egress::Outcome::Allow) return failed(EACCES);
  const SocketAddress target(address, port_);
  socket_.reset(::socket(target.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket_.isOpen()) return failed(errno);
  const int on = 1;
  ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_.number(), target.data(), target.size()) != 0 && errno != EINPROGRESS) return failed(errno);
  loop_.watch(socket_.number(), [this](std::uint32_t events) {
    // Before the connection is begun, a socket is said to be hung up.
    if ((events & (EPOLLOUT | EPOLLERR)) != 0) finished();
  });
}

void Dialler::finished() {
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(socket_.number(), SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  if (error != 0) return failed(error);
  loop_.unwatch(socket_.number());
  done_({std::move(socket_), addresses_[next_], {}, false});
}

void Dialler::failed(int error) {
  drop();
  if (++next_ < addresses_.size()) return dialNext();
  const bool isUnreachable = error == ENETUNREACH || error == EHOSTUNREACH || error == ETIMEDOUT;
  done_({Descriptor(), addresses_.back(), sentence(error), isUnreachable});
}

void Dialler::tick() {
  if (socket_.isOpen() && loop_.now() - begun_ >= kPatience / addresses_.size()) failed(ETIMEDOUT);
}

void Dialler::drop() {
  if (!socket_.isOpen()) return;
  loop_.unwatch(socket_.number());
  socket_.reset();
}

}  // namespace terrarium::egress
