// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <array>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/egress/jail.h"
#include "backend/egress/proxy/gateway.h"
#include "backend/support/opendescriptors.h"

using namespace terrarium;
using namespace terrarium::egress;

namespace {

constexpr int kUsage = 2;
constexpr int kBroken = 1;

/// The descriptor that an argument names, if it is one end of a channel.
std::optional<int> channelOf(const char* argument) {
  int number = -1;
  const auto* end = argument + std::strlen(argument);
  const auto [rest, error] = std::from_chars(argument, end, number);
  int type = 0;
  socklen_t size = sizeof type;
  const bool isGood = error == std::errc() && rest == end && ::getsockopt(number, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
  return isGood && type == SOCK_SEQPACKET ? std::optional(number) : std::nullopt;
}

/// The parent may have died before it was told to say so.
bool diesWithParent(pid_t parent) { return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent; }

}  // namespace

int main(int argc, char** argv) {
  const auto parent = ::getppid();
  const auto netstack = argc == 3 ? channelOf(argv[1]) : std::nullopt;
  const auto engine = argc == 3 ? channelOf(argv[2]) : std::nullopt;
  if (!netstack || !engine) {
    std::fputs(
        "terrarium-egress is started by the engine: terrarium-egress NETSTACK ENGINE\n"
        "Both are numbers of inherited SEQPACKET sockets.\n",
        stderr);
    return kUsage;
  }
  if (!diesWithParent(parent)) return kBroken;
  ::signal(SIGPIPE, SIG_IGN);
  raiseDescriptorLimit();
  if (!enterJail(std::array{*netstack, *engine})) return kBroken;
  Gateway gateway{Descriptor(*netstack), Descriptor(*engine)};
  gateway.run();
  return 0;
}
