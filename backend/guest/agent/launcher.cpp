// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/launcher.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace terrarium::agent {

namespace {

enum class Step { Session, Credentials, Directory, Program };

// All that the child needs, made before it exists: it shares the parent's memory until it executes its program, so it may only
// make system calls.
struct Child {
  std::vector<std::string> candidates;
  std::vector<char*> paths;
  std::vector<char*> arguments;
  std::vector<std::string> variables;
  std::vector<char*> environment;
  const Launch* launch = nullptr;
  bool changeUser = false;
  int error = 0;
  Step step = Step::Session;
};

std::vector<std::string> candidatePaths(const Launch& launch) {
  const auto& program = launch.arguments.front();
  if (program.find('/') != std::string::npos) return {program};
  std::vector<std::string> candidates;
  const auto it = launch.env.find("PATH");
  std::string_view path = it == launch.env.end() ? std::string_view() : std::string_view(it->second);
  while (!path.empty()) {
    const auto colon = path.find(':');
    const auto folder = path.substr(0, colon);
    candidates.push_back((folder.empty() ? std::string(".") : std::string(folder)) + "/" + program);
    path = colon == std::string_view::npos ? std::string_view() : path.substr(colon + 1);
  }
  return candidates;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

bool becomeUser(const Child& child) {
  if (!child.changeUser) return true;
  const auto& account = child.launch->account;
  // System calls proper: the library's functions would look for other threads to change with us.
  return syscall(SYS_setgroups, account.groups.size(), account.groups.data()) == 0 &&
         syscall(SYS_setresgid, account.gid, account.gid, account.gid) == 0 &&
         syscall(SYS_setresuid, account.uid, account.uid, account.uid) == 0;
}

void resetSignals() {
  for (int signal = 1; signal < NSIG; ++signal) {
    struct sigaction action {};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void fail(Child& child, Step step, int error) {
  child.step = step;
  child.error = error;
  _exit(127);
}

[[noreturn]] void becomeProgram(Child& child) {
  const auto& standard = child.launch->standard;
  setsid();
  if (child.launch->terminal && ioctl(standard[0], TIOCSCTTY, 0) != 0) fail(child, Step::Session, errno);
  for (int i = 0; i < 3; ++i) dup2(standard[static_cast<std::size_t>(i)], i);
  resetSignals();
  if (!becomeUser(child)) fail(child, Step::Credentials, errno);
  if (chdir(child.launch->directory.c_str()) != 0) fail(child, Step::Directory, errno);
  int error = ENOENT;
  for (char* const path : child.paths) {
    if (path == nullptr) break;
    execve(path, child.arguments.data(), child.environment.data());
    if (errno != ENOENT && errno != ENOTDIR) error = errno;
    if (error != ENOENT && error != EACCES) break;
  }
  fail(child, Step::Program, error);
}

// Apart, so that nothing of the caller's frame is touched while two processes use it.
[[gnu::noinline]] pid_t forkSharing(Child& child) {
  const pid_t pid = vfork();
  if (pid == 0) becomeProgram(child);
  return pid;
}

// A vfork() whose child begins its life in the group; moving it there afterwards would make the kernel wait for all processors. By
// hand, because a function that makes the system call must not return twice on a stack that two processes share.
[[gnu::noinline]] pid_t forkSharingInto(Child& child) {
  clone_args arguments{};
  arguments.flags = CLONE_VM | CLONE_VFORK | CLONE_INTO_CGROUP;
  arguments.exit_signal = SIGCHLD;
  arguments.cgroup = static_cast<std::uint64_t>(child.launch->group);
  long result = SYS_clone3;
  asm volatile("syscall" : "+a"(result) : "D"(&arguments), "S"(sizeof(arguments)) : "rcx", "r11", "memory");
  if (result == 0) becomeProgram(child);
  return static_cast<pid_t>(result);
}

// A kernel that cannot do it, or a group that was removed, is no reason not to run the command.
pid_t start(Child& child) {
  const pid_t pid = child.launch->group >= 0 ? forkSharingInto(child) : -1;
  return pid > 0 ? pid : forkSharing(child);
}

Error explain(const Child& child) {
  const std::string reason = strerror(child.error);
  const auto& launch = *child.launch;
  switch (child.step) {
    case Step::Session:
      return {ErrorCode::Internal, "The terminal could not be set up: " + reason};
    case Step::Credentials:
      return {ErrorCode::Internal, "The command could not run as \"" + launch.account.name + "\": " + reason};
    case Step::Directory:
      return badRequest("working_dir", "working_dir \"" + launch.directory + "\" cannot be entered: " + reason);
    case Step::Program:
      break;
  }
  if (child.error == E2BIG) return badRequest("command", "command and environment are too long for the system");
  if (child.error == ENOMEM) return {ErrorCode::Unavailable, "The sandbox has no memory left to start a command."};
  return badRequest("command", child.error == ENOENT ? "program not found: " + launch.arguments.front()
                                                     : "program cannot be run: " + launch.arguments.front() + ": " + reason);
}

}  // namespace

Result<pid_t> launch(const Launch& launch) {
  Child child;
  child.launch = &launch;
  child.candidates = candidatePaths(launch);
  child.paths = pointers(child.candidates);
  child.arguments = pointers(launch.arguments);
  for (const auto& [name, value] : launch.env) child.variables.push_back(name + "=" + value);
  child.environment = pointers(child.variables);
  child.changeUser = geteuid() == 0 && (launch.account.uid != 0 || launch.account.gid != 0);
  const pid_t pid = start(child);
  if (pid < 0) return failure(ErrorCode::Unavailable, std::string("The sandbox could not start a process: ") + strerror(errno));
  // A child that failed is reaped with all the others.
  if (child.error != 0) return failure(explain(child));
  return pid;
}

}  // namespace terrarium::agent
