// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backend/egress/proxy/socketaddress.h"
#include "backend/support/descriptor.h"

namespace terrarium::egress {

/// A network of its own for the test and what it starts, in which the documentation ranges are the internet. False: not possible
/// here.
inline bool enterOwnNetwork() {
  if (::unshare(CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  const Descriptor control(::socket(AF_INET, SOCK_DGRAM, 0));
  ifreq request{};
  const auto set = [&](const char* name, const char* address, const char* mask) {
    request = {};
    std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    auto* target = reinterpret_cast<sockaddr_in*>(&request.ifr_addr);
    target->sin_family = AF_INET;
    ::inet_pton(AF_INET, address, &target->sin_addr);
    if (::ioctl(control.number(), SIOCSIFADDR, &request) != 0) return false;
    ::inet_pton(AF_INET, mask, &target->sin_addr);
    return ::ioctl(control.number(), SIOCSIFNETMASK, &request) == 0;
  };
  std::strncpy(request.ifr_name, "lo", IFNAMSIZ - 1);
  request.ifr_flags = IFF_UP;
  return ::ioctl(control.number(), SIOCSIFFLAGS, &request) == 0 && set("lo:1", "192.0.2.1", "255.255.255.0") &&
         set("lo:2", "198.51.100.1", "255.255.255.0") && set("lo:3", "203.0.113.1", "255.255.255.0") &&
         set("lo:4", "10.0.0.5", "255.255.255.255");
}

/// Adds an IPv6 address; false where there is no IPv6.
inline bool addIpv6(const char* address) {
  const Descriptor control(::socket(AF_INET6, SOCK_DGRAM, 0));
  struct {
    in6_addr address;
    std::uint32_t prefix;
    int interface;
  } request{{}, 128, static_cast<int>(::if_nametoindex("lo"))};
  ::inet_pton(AF_INET6, address, &request.address);
  return ::ioctl(control.number(), SIOCSIFADDR, &request) == 0;
}

/// Whether something comes within the time.
inline bool isReadable(int descriptor, int milliseconds) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, milliseconds) == 1;
}

/// What comes until there are so many bytes, the stream ends or five seconds are over.
inline std::string readFrom(int descriptor, std::size_t atLeast) {
  std::string got;
  char portion[65536];
  while (got.size() < atLeast && isReadable(descriptor, 5000)) {
    const auto count = ::recv(descriptor, portion, sizeof portion, 0);
    if (count <= 0) break;
    got.append(portion, static_cast<std::size_t>(count));
  }
  return got;
}

/// What the next read says: bytes, the end of the stream, or how it broke.
inline std::string fateOf(int descriptor) {
  char portion[64];
  if (!isReadable(descriptor, 5000)) return "silence";
  const auto count = ::recv(descriptor, portion, sizeof portion, 0);
  if (count == 0) return "end";
  return count < 0 ? std::strerror(errno) : std::string(portion, static_cast<std::size_t>(count));
}

/// A server of the test's internet.
class Target {
 public:
  Target(const char* address, std::uint16_t port, int type = SOCK_STREAM) {
    const auto parsed = IpAddress::parse(address).value();
    const SocketAddress place(parsed, port);
    socket_.reset(::socket(place.family(), type | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    isReady_ =
        ::bind(socket_.number(), place.data(), place.size()) == 0 && (type != SOCK_STREAM || ::listen(socket_.number(), 64) == 0);
  }
  [[nodiscard]] bool isReady() const { return isReady_; }
  [[nodiscard]] int number() const { return socket_.number(); }
  /// Neither a connection nor a datagram has come.
  [[nodiscard]] bool isUntouched() const { return !isReadable(socket_.number(), 0); }
  [[nodiscard]] Descriptor accept() const {
    return Descriptor(isReadable(socket_.number(), 5000) ? ::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC) : -1);
  }

 private:
  Descriptor socket_;
  bool isReady_ = false;
};

}  // namespace terrarium::egress
