// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <functional>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <random>
#include <sched.h>
#include <sys/ioctl.h>
#include <thread>

#include "tests/unit/app/netstack/runningnetstack.h"

namespace terrarium::netstack::tests {

/// A real Linux TCP as the guest: a process in name spaces of its own, with a TAP device whose frames a thread carries to the cable
/// and back, losing some on the way. What `deeds` returns is told by result().
class LinuxGuest {
 public:
  static constexpr int kNoNameSpaces = 77;

  LinuxGuest(int cable, unsigned lostPermille, const std::function<int()>& deeds) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int tap = setUp();
    if (tap >= 0) {
      std::thread([=] { carry(tap, cable, lostPermille); }).detach();
      std::thread([=] { carry(cable, tap, lostPermille); }).detach();
    }
    const auto code = static_cast<char>(tap < 0 ? kNoNameSpaces : deeds());
    static_cast<void>(::write(report_.theirs.number(), &code, 1));
    // Its network lives on, so that connections end in peace.
    for (;;) ::pause();
  }
  ~LinuxGuest() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  /// What the deeds returned, once they have.
  std::optional<int> result() {
    char code = 0;
    if (::recv(report_.ours.number(), &code, 1, MSG_DONTWAIT) != 1) return std::nullopt;
    return code;
  }

  // What the deeds are made of.

  /// A socket that waits 20 s at most, or minus errno.
  static int connectTo(std::uint16_t port, int own = 0) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{20, 0};
    const int one = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    const auto from = address(0x0a00020f, static_cast<std::uint16_t>(own));
    const auto to = address(0x5db8000a, port);
    if (own != 0) static_cast<void>(::bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof(from)));
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0) return socket;
    const int error = errno;
    ::close(socket);
    return -error;
  }
  static bool sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto size = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (size <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }
  /// Everything until the end of the stream.
  static std::string readAll(int socket) {
    std::string all;
    std::string part(256 * 1024, '\0');
    for (;;) {
      const auto size = ::recv(socket, part.data(), part.size(), 0);
      if (size <= 0) return size == 0 ? all : "error " + std::to_string(errno);
      all.append(part, 0, static_cast<std::size_t>(size));
    }
  }

 private:
  static sockaddr_in address(std::uint32_t number, std::uint16_t port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_port = htons(port);
    result.sin_addr.s_addr = htonl(number);
    return result;
  }

  static bool writeFile(const char* path, const std::string& text) {
    const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC));
    return file.isOpen() && ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }

  /// The TAP device as the guest's only card; -1 where such name spaces are forbidden.
  static int setUp() {
    const auto user = ::getuid();
    const auto group = ::getgid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 || !writeFile("/proc/self/setgroups", "deny")) return -1;
    if (!writeFile("/proc/self/uid_map", "0 " + std::to_string(user) + " 1")) return -1;
    if (!writeFile("/proc/self/gid_map", "0 " + std::to_string(group) + " 1")) return -1;
    const int tap = ::open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strncpy(request.ifr_name, "eth0", IFNAMSIZ - 1);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    if (tap < 0 || ::ioctl(tap, TUNSETIFF, &request) != 0) return -1;
    const auto set = [&](unsigned long what) { return ::ioctl(socket.number(), what, &request) == 0; };
    const auto setAddress = [&](unsigned long what, std::uint32_t number) {
      const auto value = address(number, 0);
      std::memcpy(&request.ifr_addr, &value, sizeof(value));
      return set(what);
    };
    request.ifr_hwaddr.sa_family = 1;  // Ethernet
    std::copy(kGuestMac.begin(), kGuestMac.end(), request.ifr_hwaddr.sa_data);
    bool ok = set(SIOCSIFHWADDR);
    request.ifr_mtu = kMtu;
    ok = ok && set(SIOCSIFMTU) && setAddress(SIOCSIFADDR, kGuestAddress) && setAddress(SIOCSIFNETMASK, kNetmask);
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    rtentry route{};
    const auto gateway = address(kGatewayAddress, 0);
    const auto anywhere = address(0, 0);
    std::memcpy(&route.rt_gateway, &gateway, sizeof(gateway));
    std::memcpy(&route.rt_dst, &anywhere, sizeof(anywhere));
    std::memcpy(&route.rt_genmask, &anywhere, sizeof(anywhere));
    route.rt_flags = RTF_UP | RTF_GATEWAY;
    ok = ok && set(SIOCSIFFLAGS) && ::ioctl(socket.number(), SIOCADDRT, &route) == 0;
    return ok ? tap : -1;
  }

  static void carry(int from, int to, unsigned lostPermille) {
    std::mt19937 random(static_cast<unsigned>(from));
    Frame frame(kMaxFrame);
    for (;;) {
      const auto size = ::read(from, frame.data(), frame.size());
      // Nobody is there while the program is replaced.
      if (size < 0 && errno != ECONNRESET && errno != EINTR) return;
      if (size <= 0 || random() % 1000 < lostPermille) continue;
      static_cast<void>(::write(to, frame.data(), static_cast<std::size_t>(size)));
    }
  }

  SocketPair report_{SOCK_STREAM};
  pid_t pid_ = -1;
};

}  // namespace terrarium::netstack::tests
