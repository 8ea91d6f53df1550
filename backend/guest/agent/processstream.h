// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <optional>
#include <string>

#include "backend/guest/agent/stream.h"

namespace terrarium::agent {

/// A command with pipes, or a shell on a terminal. It has ended when its leader was reaped and its output was read, at most 200 ms
/// after the leader: a child in the background may hold the pipes open. Destroying it earlier kills the process group and, for a
/// command, all that it started.
class ProcessStream final : public Stream {
 public:
  ProcessStream(Channel& channel, std::uint32_t id, const guest::Exec& exec);
  ProcessStream(Channel& channel, std::uint32_t id, const guest::OpenTerminal& terminal);
  ~ProcessStream() override;

  bool pump() override;
  void childEnded(pid_t child, int status) override;

 protected:
  void dataReceived(const std::string& data) override;
  void endReceived() override;
  void signalReceived(std::string_view name) override;
  void resized(unsigned columns, unsigned rows) override;

 private:
  struct Source {
    int fd = -1;
    bool readable = false;  ///< epoll said so and it was not read dry since
    bool isStderr = false;
    std::optional<std::size_t> atMost;  ///< bytes still to be taken when the time to drain is over
  };
  using Clock = std::chrono::steady_clock;

  void startCommand(const guest::Exec& exec);
  void startTerminal(const guest::OpenTerminal& terminal);
  void began(pid_t child);
  void watchSource(Source& source);
  void readSource(Source& source);
  void closeSource(Source& source);
  void writeInput();
  void closeInput();
  void killGroup(int signal) const;
  void drainTimeIsOver();
  void finishIfDrained();

  std::array<Source, 2> sources_;
  int input_ = -1;  ///< stdin, or a second descriptor of the terminal
  int group_ = -1;  ///< of a command; what a terminal leaves behind in sessions of its own lives on
  bool inputEnded_ = false;
  bool terminal_ = false;
  std::string pendingInput_;
  pid_t child_ = -1;
  std::optional<int> exitCode_;
  bool timedOut_ = false;
  Clock::time_point startedAt_;
  EventLoop::Timer timeout_ = 0;
  EventLoop::Timer drain_ = 0;
};

}  // namespace terrarium::agent
