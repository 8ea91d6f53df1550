// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <vector>

#include "app/netstack/jail.h"
#include "app/netstack/netstackloop.h"
#include "backend/support/opendescriptors.h"

using namespace terrarium;
using namespace terrarium::netstack;

namespace {

constexpr int kUsage = 2;
constexpr int kBroken = 1;

/// The descriptor that an argument names, if it is a socket of that type.
std::optional<int> socketOf(const char* argument, int type) {
  int number = -1;
  const auto* end = argument + std::strlen(argument);
  const auto [rest, error] = std::from_chars(argument, end, number);
  int actual = 0;
  socklen_t size = sizeof(actual);
  const bool good = error == std::errc() && rest == end && ::getsockopt(number, SOL_SOCKET, SO_TYPE, &actual, &size) == 0;
  return good && actual == type ? std::optional(number) : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::optional<int>> sockets;
  for (int i = 1; i < argc; ++i) sockets.push_back(socketOf(argv[i], i == 1 ? SOCK_DGRAM : SOCK_SEQPACKET));
  const bool given = sockets.size() >= 2 && sockets.size() <= 3;
  if (!given || std::count(sockets.begin(), sockets.end(), std::nullopt) != 0) {
    std::fputs(
        "usage: terrarium-netstack FRAMES CONTROL [RENEWAL]\n"
        "Numbers of inherited sockets: datagrams to the network card, packets to terrarium-egress, packets that bring another "
        "CONTROL.\n"
        "Started by terrariumd, one for each sandbox.\n",
        stderr);
    return kUsage;
  }
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGPIPE, SIG_IGN);
  raiseDescriptorLimit();
  HashKey key{};
  if (::getrandom(key.data(), sizeof(key), 0) != sizeof(key)) {
    std::perror("terrarium-netstack: getrandom");
    return kBroken;
  }
  NetstackLoop::Descriptors descriptors{Descriptor(*sockets[0]), Descriptor(*sockets[1]),
                                        Descriptor(sockets.size() > 2 ? *sockets[2] : -1)};
  std::vector<int> kept;
  kept.reserve(sockets.size() + 1);
  for (const auto& each : sockets) kept.push_back(*each);
  NetstackLoop loop(std::move(descriptors), key);
  kept.push_back(loop.epollNumber());
  if (!enterJail(kept)) return kBroken;
  loop.run();
  return 0;
}
