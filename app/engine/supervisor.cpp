// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/supervisor.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "app/engine/exitcodes.h"

namespace terrarium {

namespace {
using namespace std::chrono_literals;
constexpr auto kFirstDelay = 100ms;
constexpr auto kLongestDelay = 10'000ms;
// An engine that lived this long was healthy: its next failure starts the back-off anew.
constexpr auto kHealthyAfter = 1s;
constexpr auto kLedgerInterval = 1000ms;

sigset_t handledSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

int openProcess(int pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

bool takeSignal(int descriptor) {
  signalfd_siginfo info{};
  return ::read(descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info);
}
}  // namespace

Supervisor::Supervisor(std::string program, std::vector<std::string> arguments, std::string ledgerFile)
    : program_(std::move(program)), arguments_(std::move(arguments)), ledger_(std::move(ledgerFile)) {}

int Supervisor::run() {
  const auto set = handledSignals();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  while (true) {
    const auto startedAt = Steady::now();
    const int pid = startEngine();
    if (pid < 0) return kExitFailure;
    const int status = watchEngine(pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) != kExitFailure) return WEXITSTATUS(status);
    const auto delay = nextDelay(startedAt);
    std::fprintf(stderr, "terrariumd: the engine ended unexpectedly (status %d); starting it again in %lld ms\n", status,
                 static_cast<long long>(delay.count()));
    if (!waitBeforeRestart(delay)) return kExitFailure;
  }
}

int Supervisor::startEngine() {
  std::vector<char*> arguments;
  for (auto& argument : arguments_) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const int pid = ::fork();
  if (pid == 0) {
    const auto set = handledSignals();
    sigprocmask(SIG_UNBLOCK, &set, nullptr);
    ::execv(program_.c_str(), arguments.data());
    ::_exit(kExitFailure);
  }
  if (pid < 0) std::perror("terrariumd: fork");
  return pid;
}

int Supervisor::watchEngine(int pid) {
  const int process = openProcess(pid);
  pollfd waiting[] = {{process, POLLIN, 0}, {signals_, POLLIN, 0}};
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    ::poll(waiting, 2, process < 0 ? 200 : -1);
    if ((waiting[1].revents & POLLIN) != 0 && takeSignal(signals_)) ::kill(pid, SIGTERM);
  }
  if (process >= 0) ::close(process);
  return status;
}

bool Supervisor::waitBeforeRestart(std::chrono::milliseconds delay) {
  const auto until = Steady::now() + delay;
  while (Steady::now() < until) {
    ledger_.endOverdueMachines(std::chrono::system_clock::now());
    pollfd waiting{signals_, POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now());
    ::poll(&waiting, 1, static_cast<int>(std::clamp(left, 0ms, std::chrono::milliseconds(kLedgerInterval)).count()));
    if ((waiting.revents & POLLIN) != 0 && takeSignal(signals_)) return false;
  }
  return true;
}

std::chrono::milliseconds Supervisor::nextDelay(Steady::time_point startedAt) {
  if (Steady::now() - startedAt > kHealthyAfter) failuresInARow_ = 0;
  const auto delay = std::min<std::chrono::milliseconds>(kFirstDelay * (1 << std::min(failuresInARow_, 10)), kLongestDelay);
  ++failuresInARow_;
  return delay;
}

}  // namespace terrarium
