// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/portstream.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backend/guest/agentprotocol.h"

namespace terrarium::agent {

namespace {

constexpr std::uint32_t kHighestPort = 65535;
/// A listener whose queue is full leaves connections hanging.
constexpr std::chrono::seconds kConnectLimit{10};

int connectLoopback(int fd, int family, std::uint32_t port) {
  const auto networkPort = htons(static_cast<std::uint16_t>(port));
  if (family == AF_INET) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = networkPort;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 ? 0 : errno;
  }
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = networkPort;
  address.sin6_addr = in6addr_loopback;
  return connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 ? 0 : errno;
}

void setOption(int fd, int level, int option, const auto& value) { setsockopt(fd, level, option, &value, sizeof(value)); }

}  // namespace

PortStream::PortStream(Channel& channel, std::uint32_t id, std::uint32_t port) : Stream(channel, id), port_(port) {
  if (port == 0 || port > kHighestPort) {
    fail(badRequest("port", "port has to be from 1 to 65535"));
    return;
  }
  limit_ = channel.loop().after(kConnectLimit, [this] {
    limit_ = 0;
    closeSocket();
    fail({ErrorCode::Unavailable, "The program on port " + std::to_string(port_) + " takes no connection at the moment."},
         ETIMEDOUT);
  });
  connectTo(AF_INET);
}

PortStream::~PortStream() {
  channel().loop().cancel(limit_);
  // The program inside learns that its peer did not end in an orderly way.
  if (fd_ >= 0 && !(readEnded_ && writeEnded_)) setOption(fd_, SOL_SOCKET, SO_LINGER, linger{1, 0});
  closeSocket();
}

void PortStream::connectTo(int family) {
  closeSocket();
  family_ = family;
  fd_ = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd_ < 0) return attempted(errno);
  setOption(fd_, IPPROTO_TCP, TCP_NODELAY, 1);
  if (const int error = connectLoopback(fd_, family, port_); error != EINPROGRESS) return attempted(error);
  channel().loop().watch(fd_, EPOLLOUT, [this](std::uint32_t) {
    int error = 0;
    socklen_t size = sizeof(error);
    getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    attempted(error);
  });
}

void PortStream::attempted(int error) {
  if (error != 0 && family_ == AF_INET) return connectTo(AF_INET6);
  if (error != 0) {
    closeSocket();
    const bool nobody = error == ECONNREFUSED || error == EAFNOSUPPORT || error == EADDRNOTAVAIL || error == ENETUNREACH;
    const auto port = std::to_string(port_);
    return fail(nobody ? Error{ErrorCode::NotFound, "Nothing listens on port " + port + " in the sandbox.", {}, "port"}
                       : Error{ErrorCode::Unavailable, "Port " + port + " cannot be reached: " + std::strerror(error) + "."},
                error);
  }
  channel().loop().cancel(limit_);
  connected_ = true;
  guest::GuestFrame frame;
  frame.mutable_started();
  sendFrame(frame);
  channel().loop().watch(fd_, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, [this](std::uint32_t events) { happened(events); });
}

void PortStream::happened(std::uint32_t events) {
  if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) readable_ = true;
  write();
  pump();
}

bool PortStream::pump() {
  while (connected_ && fd_ >= 0 && readable_ && !readEnded_ && allowance() > 0) read();
  return false;
}

void PortStream::read() {
  static std::array<char, guest::kChunk> buffer;
  const auto count = recv(fd_, buffer.data(), allowance(), 0);
  if (count < 0 && errno == EINTR) return;
  if (count < 0 && errno == EAGAIN) {
    readable_ = false;
    return;
  }
  if (count < 0 || (count == 0 && broken_)) return lost();
  guest::GuestFrame frame;
  if (count > 0) {
    frame.set_data(buffer.data(), static_cast<std::size_t>(count));
    return sendContent(frame, static_cast<std::size_t>(count));
  }
  readEnded_ = true;
  frame.mutable_no_more_data();
  sendFrame(frame);
  finishIfClosed();
}

void PortStream::dataReceived(const std::string& data) {
  if (writeEnded_) return giveCredit(data.size());
  pending_ += data;
  write();
}

void PortStream::endReceived() {
  writeEnding_ = true;
  write();
}

void PortStream::write() {
  if (!connected_ || fd_ < 0 || writeEnded_) return;
  std::size_t written = 0;
  while (written < pending_.size()) {
    const auto count = send(fd_, pending_.data() + written, pending_.size() - written, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno != EAGAIN) return breakWrite();
    if (count < 0) break;
    written += static_cast<std::size_t>(count);
  }
  pending_.erase(0, written);
  giveCredit(written);
  if (!pending_.empty() || !writeEnding_) return;
  writeEnded_ = true;
  shutdown(fd_, SHUT_WR);
  finishIfClosed();
}

void PortStream::finishIfClosed() {
  if (!readEnded_ || !writeEnded_) return;
  closeSocket();
  guest::GuestFrame frame;
  frame.mutable_end();
  sendFrame(frame);
  finish();
}

// The program takes no more, but what it said before, such as why, may still lie in the socket's buffer.
void PortStream::breakWrite() {
  broken_ = true;
  writeEnded_ = true;
  readable_ = true;
  giveCredit(pending_.size());
  pending_.clear();
  if (readEnded_) lost();
}

void PortStream::lost() {
  closeSocket();
  fail({ErrorCode::Unavailable, "The program on port " + std::to_string(port_) + " broke the connection off."}, ECONNRESET);
}

void PortStream::closeSocket() {
  if (fd_ < 0) return;
  channel().loop().unwatch(fd_);
  close(fd_);
  fd_ = -1;
}

}  // namespace terrarium::agent
