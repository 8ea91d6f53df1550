// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/service.h"

#include <csignal>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace terrarium::agent {

namespace {
constexpr std::uint32_t kBothWays = EPOLLIN | EPOLLOUT | EPOLLET;
constexpr const char* kGroups = "/sys/fs/cgroup/commands";
}  // namespace

Service::Service(bool ownsSystem) : identity_(ownsSystem), groups_(ownsSystem ? kGroups : "") {
  loop_.setBetween([this] { return conversation_.settleRound(); });
  watchChildren();
}

Service::~Service() {
  if (connection_ >= 0) loop_.unwatch(connection_);
  if (signals_ >= 0) {
    loop_.unwatch(signals_);
    close(signals_);
  }
}

void Service::watchChildren() {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  loop_.watch(signals_, EPOLLIN, [this](std::uint32_t) { reapChildren(); });
}

void Service::reapChildren() {
  signalfd_siginfo info{};
  while (read(signals_, &info, sizeof(info)) == static_cast<ssize_t>(sizeof(info))) {
  }
  int status = 0;
  pid_t child = 0;
  while ((child = waitpid(-1, &status, WNOHANG)) > 0) conversation_.childEnded(child, status);
}

void Service::servePort(int port) {
  conversation_.attach(port);
  // Edge-triggered: while no host is there the port reports a hang-up for ever.
  loop_.watch(port, kBothWays, [this](std::uint32_t) { static_cast<void>(conversation_.work()); });
  static_cast<void>(conversation_.work());
  loop_.run();
}

void Service::serveConnection(int connection) {
  fcntl(connection, F_SETFL, fcntl(connection, F_GETFL) | O_NONBLOCK);
  connection_ = connection;
  conversation_.attach(connection);
  loop_.watch(connection, kBothWays, [this](std::uint32_t) {
    if (!conversation_.work()) loop_.stop();
  });
  loop_.run();
}

void Service::serveListener(int listener) {
  loop_.watch(listener, EPOLLIN, [this, listener](std::uint32_t) {
    const int accepted = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (accepted < 0) return;
    if (connection_ >= 0) {
      loop_.unwatch(connection_);
      close(connection_);
    }
    connection_ = accepted;
    conversation_.attach(accepted);
    loop_.watch(accepted, kBothWays, [this](std::uint32_t) { static_cast<void>(conversation_.work()); });
  });
  loop_.run();
}

}  // namespace terrarium::agent
