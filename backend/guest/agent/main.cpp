// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "backend/guest/agent/boot.h"
#include "backend/guest/agent/network.h"
#include "backend/guest/agent/service.h"
#include "backend/guest/agentversion.h"

namespace {

using namespace terrarium::agent;

// When this returns, PID 1 ends and the kernel panics: the machine is of no use without its agent, and its owner hears of it.
int runAsInit() {
  if (auto booted = bootSystem(); !booted) {
    dprintf(2, "terrarium-agent: %s\n", booted.error().message.c_str());
    return 1;
  }
  setUpNetwork();
  const auto port = openAgentPort();
  if (!port) {
    dprintf(2, "terrarium-agent: %s\n", port.error().message.c_str());
    return 1;
  }
  Service(true).servePort(*port);
  return 1;
}

int listenAt(std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return -1;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return -1;
  unlink(address.sun_path);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 && listen(listener, 4) == 0)
    return listener;
  close(listener);
  return -1;
}

int runAsProgram(std::string_view option, std::string_view value) {
  int fd = -1;
  if (option == "--socket") {
    fd = listenAt(value);
    if (fd >= 0) Service(false).serveListener(fd);
    std::perror("terrarium-agent: the socket cannot be made");
    return 1;
  }
  if (option == "--fd" && std::from_chars(value.data(), value.data() + value.size(), fd).ec == std::errc()) {
    Service(false).serveConnection(fd);
    return 0;
  }
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (getpid() == 1) return runAsInit();
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::puts(terrarium::guest::kAgentVersion);
    return 0;
  }
  const int result = argc == 3 ? runAsProgram(argv[1], argv[2]) : 2;
  if (result == 2) std::fputs("Usage: terrarium-agent --socket PATH | --fd NUMBER | --version\n", stderr);
  return result;
}
