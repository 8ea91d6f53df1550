// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "backend/egress/channel/flowsocket.h"
#include "tests/unit/egress/netstack/scriptedguest.h"

namespace terrarium::netstack::tests {

struct SocketPair {
  explicit SocketPair(int type) {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    for (const int end : ends) {
      const int size = 212992;
      ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
    }
    ours = Descriptor(ends[0]);
    theirs = Descriptor(ends[1]);
  }
  Descriptor ours;
  Descriptor theirs;
};

inline bool waitReadable(int descriptor, int milliseconds = 10'000) {
  pollfd wanted{descriptor, POLLIN, 0};
  return ::poll(&wanted, 1, milliseconds) == 1;
}

/// The real program; the machine's end of its cable and egress' end of its channel are the test's.
class RunningNetstack {
 public:
  explicit RunningNetstack(bool renewable = false) {
    SocketPair channel(SOCK_SEQPACKET);
    SocketPair renewal(SOCK_SEQPACKET);
    std::vector<int> handed{cable.theirs.number(), channel.theirs.number()};
    if (renewable) handed.push_back(renewal.theirs.number());
    start(handed);
    control.emplace(std::move(channel.ours));
    if (renewable) this->renewal.emplace(std::move(renewal.ours));
  }
  ~RunningNetstack() { end(); }

  /// Kills it and starts another one on the same cable.
  void replace() {
    end();
    SocketPair channel(SOCK_SEQPACKET);
    start({cable.theirs.number(), channel.theirs.number()});
    control.emplace(std::move(channel.ours));
  }

  void sendFrame(const Frame& frame) { static_cast<void>(::send(cable.ours.number(), frame.data(), frame.size(), 0)); }
  /// Empty when none comes.
  Frame nextFrame(int milliseconds = 10'000) {
    Frame frame(kMaxFrame);
    const bool there = waitReadable(cable.ours.number(), milliseconds);
    const auto size = there ? ::recv(cable.ours.number(), frame.data(), frame.size(), 0) : 0;
    frame.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return frame;
  }
  Reply nextReply() {
    const auto frame = nextFrame();
    return frame.size() < kMessage ? Reply{} : ScriptedGuest::replyIn(frame);
  }
  std::optional<egress::FromNetstack> nextMessage() {
    if (!waitReadable(control->number())) return std::nullopt;
    return egress::parseFromNetstack(control->receive().bytes);
  }
  bool tell(const egress::FlowMessage& message, int descriptor = -1) {
    return control->send(encoded(message), descriptor) == egress::FlowSocket::Sent::Yes;
  }

  /// How it ended: exit code, or 256 + signal.
  int exitCode() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
  }
  [[nodiscard]] pid_t pid() const { return pid_; }

  SocketPair cable{SOCK_DGRAM};
  std::optional<egress::FlowSocket> control;
  std::optional<egress::FlowSocket> renewal;

 private:
  static constexpr int kFirst = 11;

  void start(const std::vector<int>& handed) {
    const std::string program = TERRARIUM_BINARY_DIR "/bin/terrarium-netstack";
    std::vector<std::string> arguments{program};
    for (std::size_t i = 0; i < handed.size(); ++i) arguments.push_back(std::to_string(kFirst + static_cast<int>(i)));
    std::vector<char*> pointers;
    for (auto& each : arguments) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Away from the numbers they get, first.
    std::vector<int> copies;
    for (const int each : handed) copies.push_back(::fcntl(each, F_DUPFD, 100));
    for (std::size_t i = 0; i < copies.size(); ++i) ::dup2(copies[i], kFirst + static_cast<int>(i));
    ::execv(program.c_str(), pointers.data());
    ::_exit(126);
  }
  void end() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

  pid_t pid_ = -1;
};

}  // namespace terrarium::netstack::tests
