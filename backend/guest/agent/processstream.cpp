// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/processstream.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "backend/guest/agent/launcher.h"
#include "backend/guest/agent/terminaldevice.h"
#include "backend/guest/agentprotocol.h"

namespace terrarium::agent {

namespace {

constexpr std::chrono::milliseconds kDrainLimit{200};
constexpr int kTimedOutCode = 124;
constexpr int kSignalBase = 128;

void closeAll(std::initializer_list<int> descriptors) {
  for (const int fd : descriptors) {
    if (fd >= 0) close(fd);
  }
}

void makeNonBlocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

int signalNumber(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, int>, 10> kSignals = {{{"SIGINT", SIGINT},
                                                                          {"SIGTERM", SIGTERM},
                                                                          {"SIGHUP", SIGHUP},
                                                                          {"SIGQUIT", SIGQUIT},
                                                                          {"SIGKILL", SIGKILL},
                                                                          {"SIGUSR1", SIGUSR1},
                                                                          {"SIGUSR2", SIGUSR2},
                                                                          {"SIGSTOP", SIGSTOP},
                                                                          {"SIGCONT", SIGCONT},
                                                                          {"SIGTSTP", SIGTSTP}}};
  const auto* it = std::find_if(kSignals.begin(), kSignals.end(), [name](const auto& entry) { return entry.first == name; });
  return it == kSignals.end() ? 0 : it->second;
}

}  // namespace

ProcessStream::ProcessStream(Channel& channel, std::uint32_t id, const guest::Exec& exec) : Stream(channel, id) {
  startCommand(exec);
}

ProcessStream::ProcessStream(Channel& channel, std::uint32_t id, const guest::OpenTerminal& terminal)
    : Stream(channel, id), terminal_(true) {
  startTerminal(terminal);
}

ProcessStream::~ProcessStream() {
  if (!exitCode_) killGroup(SIGKILL);
  for (auto& source : sources_) closeSource(source);
  closeInput();
  channel().loop().cancel(timeout_);
  channel().loop().cancel(drain_);
  channel().groups().giveBack(group_);
}

void ProcessStream::startCommand(const guest::Exec& exec) {
  auto directory = channel().identity().directory(exec.working_directory());
  if (!directory) return fail(directory.error());
  Launch plan;
  plan.directory = *directory;
  plan.account = channel().identity().account();
  plan.env = channel().identity().environment(exec.env());
  if (exec.direct()) {
    plan.arguments = {exec.command()};
    plan.arguments.insert(plan.arguments.end(), exec.args().begin(), exec.args().end());
  } else {
    plan.arguments = {"/bin/sh", "-c", exec.command()};
  }
  std::array<int, 2> in = {-1, -1};
  std::array<int, 2> out = {-1, -1};
  std::array<int, 2> err = {-1, -1};
  const bool piped =
      (exec.open_stdin() ? pipe2(in.data(), O_CLOEXEC) == 0 : (in[0] = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0) &&
      pipe2(out.data(), O_CLOEXEC) == 0 && pipe2(err.data(), O_CLOEXEC) == 0;
  plan.standard = {in[0], out[1], err[1]};
  plan.group = group_ = channel().groups().take();
  const auto child =
      piped ? launch(plan) : Result<pid_t>(failure(ErrorCode::Unavailable, "The sandbox has no descriptors left for a command."));
  closeAll({in[0], out[1], err[1]});
  if (!child) {
    closeAll({in[1], out[0], err[0]});
    return fail(child.error());
  }
  input_ = in[1];
  sources_[0].fd = out[0];
  sources_[1].fd = err[0];
  sources_[1].isStderr = true;
  began(*child);
  if (exec.timeout_ms() == 0) return;
  timeout_ = channel().loop().after(std::chrono::milliseconds(exec.timeout_ms()), [this] {
    timedOut_ = true;
    killGroup(SIGKILL);
  });
}

void ProcessStream::startTerminal(const guest::OpenTerminal& terminal) {
  auto directory = channel().identity().directory(terminal.working_directory());
  if (!directory) return fail(directory.error());
  auto device = openTerminalDevice(terminal.columns(), terminal.rows());
  if (!device) return fail(device.error());
  const std::string shell = access("/bin/bash", X_OK) == 0 ? "/bin/bash" : "/bin/sh";
  Launch plan;
  plan.directory = *directory;
  plan.account = channel().identity().account();
  guest::OpenTerminal layered;
  layered.add_env()->set_name("TERM");
  layered.mutable_env(0)->set_value("xterm-256color");
  layered.mutable_env()->MergeFrom(terminal.env());
  plan.env = channel().identity().environment(layered.env());
  plan.env["SHELL"] = shell;
  plan.arguments = {shell};
  plan.terminal = true;
  plan.standard = {device->inside, device->inside, device->inside};
  if (geteuid() == 0 && fchown(device->inside, plan.account.uid, plan.account.gid) != 0) errno = 0;
  const auto child = launch(plan);
  close(device->inside);
  if (!child) {
    close(device->outside);
    return fail(child.error());
  }
  sources_[0].fd = device->outside;
  input_ = fcntl(device->outside, F_DUPFD_CLOEXEC, 0);
  began(*child);
}

void ProcessStream::began(pid_t child) {
  child_ = child;
  startedAt_ = Clock::now();
  guest::GuestFrame frame;
  frame.mutable_started();
  sendFrame(frame);
  for (auto& source : sources_) watchSource(source);
  if (input_ < 0) return;
  makeNonBlocking(input_);
  // Edge-triggered: it is only asked for when a write would have blocked.
  channel().loop().watch(input_, EPOLLOUT | EPOLLET, [this](std::uint32_t) { writeInput(); });
}

void ProcessStream::watchSource(Source& source) {
  if (source.fd < 0) return;
  makeNonBlocking(source.fd);
  channel().loop().watch(source.fd, EPOLLIN | EPOLLET, [this, &source](std::uint32_t) {
    source.readable = true;
    pump();
  });
}

bool ProcessStream::pump() {
  for (auto& source : sources_) {
    while (source.fd >= 0 && source.readable && allowance() > 0) readSource(source);
  }
  finishIfDrained();
  return false;
}

void ProcessStream::readSource(Source& source) {
  static std::array<char, guest::kChunk> buffer;
  auto wanted = allowance();
  if (source.atMost) wanted = std::min(wanted, *source.atMost);
  if (wanted == 0) return closeSource(source);
  const auto count = read(source.fd, buffer.data(), wanted);
  if (count < 0 && errno == EINTR) return;
  if (count < 0 && errno == EAGAIN) {
    source.readable = false;
    if (source.atMost) closeSource(source);
    return;
  }
  // A terminal whose last user is gone reports EIO.
  if (count <= 0) return closeSource(source);
  const auto bytes = static_cast<std::size_t>(count);
  if (source.atMost) *source.atMost -= bytes;
  guest::GuestFrame frame;
  frame.mutable_output()->set_is_stderr(source.isStderr);
  frame.mutable_output()->set_bytes(buffer.data(), bytes);
  sendContent(frame, bytes);
}

void ProcessStream::closeSource(Source& source) {
  if (source.fd < 0) return;
  channel().loop().unwatch(source.fd);
  close(source.fd);
  source.fd = -1;
}

void ProcessStream::childEnded(pid_t child, int status) {
  if (child != child_ || exitCode_) return;
  exitCode_ = WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status);
  if (timedOut_) exitCode_ = kTimedOutCode;
  channel().loop().cancel(timeout_);
  closeInput();
  drain_ = channel().loop().after(kDrainLimit, [this] {
    drain_ = 0;
    drainTimeIsOver();
  });
  pump();
}

// What lies in the pipes now still counts, however slowly the host takes it; what background children write later does not.
void ProcessStream::drainTimeIsOver() {
  for (auto& source : sources_) {
    int waiting = 0;
    if (source.fd < 0) continue;
    if (ioctl(source.fd, FIONREAD, &waiting) != 0) waiting = 0;
    source.atMost = static_cast<std::size_t>(std::max(waiting, 0));
    source.readable = true;
    if (waiting == 0) closeSource(source);
  }
  pump();
}

void ProcessStream::finishIfDrained() {
  if (!exitCode_ || child_ <= 0 || std::any_of(sources_.begin(), sources_.end(), [](const auto& source) { return source.fd >= 0; }))
    return;
  guest::GuestFrame frame;
  frame.mutable_exit()->set_code(*exitCode_);
  frame.mutable_exit()->set_duration_us(
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - startedAt_).count()));
  sendFrame(frame);
  child_ = -1;
  finish();
}

void ProcessStream::dataReceived(const std::string& data) {
  if (input_ < 0) return giveCredit(data.size());
  pendingInput_ += data;
  writeInput();
}

void ProcessStream::endReceived() {
  inputEnded_ = true;
  writeInput();
}

void ProcessStream::writeInput() {
  while (input_ >= 0 && !pendingInput_.empty()) {
    const auto count = write(input_, pendingInput_.data(), pendingInput_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) {
      // Nobody reads any more: the rest is swallowed, as a shell pipe would.
      giveCredit(pendingInput_.size());
      return closeInput();
    }
    pendingInput_.erase(0, static_cast<std::size_t>(count));
    giveCredit(static_cast<std::size_t>(count));
  }
  if (inputEnded_ && !terminal_) closeInput();
}

void ProcessStream::closeInput() {
  pendingInput_.clear();
  if (input_ < 0) return;
  channel().loop().unwatch(input_);
  close(input_);
  input_ = -1;
}

void ProcessStream::killGroup(int signal) const {
  if (child_ <= 0) return;
  pid_t foreground = 0;
  if (terminal_ && input_ >= 0 && ioctl(input_, TIOCGPGRP, &foreground) == 0 && foreground > 1) kill(-foreground, signal);
  if (foreground == 0 || signal == SIGKILL) kill(-child_, signal);
  if (signal == SIGKILL) ExecGroups::kill(group_);
}

void ProcessStream::signalReceived(std::string_view name) {
  const int signal = signalNumber(name);
  if (signal != 0 && !exitCode_) killGroup(signal);
}

void ProcessStream::resized(unsigned columns, unsigned rows) {
  if (terminal_ && input_ >= 0) setTerminalSize(input_, columns, rows);
}

}  // namespace terrarium::agent
