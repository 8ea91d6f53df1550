// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/confinedexec.h"

#include <QFile>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace terrarium {

namespace {

/// Above every number that the process is to know; where descriptors wait while they are put in order.
constexpr int kParkingFrom = 200;

[[noreturn]] void giveUp(const char* step) {
  const char* reason = strerrordesc_np(errno);
  const auto say = [](const char* text) { return ::write(STDERR_FILENO, text, std::strlen(text)); };
  (void)(say("QEMU could not be started: ") + say(step) + say(": ") + say(reason ? reason : "unknown") + say("\n"));
  ::_exit(127);
}

void must(bool done, const char* step) {
  if (!done) giveUp(step);
}

void writeNumber(int file, long number) {
  char text[24];
  char* at = text + sizeof(text);
  *--at = '\n';
  do {
    *--at = char('0' + number % 10);
    number /= 10;
  } while (number > 0);
  must(::write(file, at, std::size_t(text + sizeof(text) - at)) > 0, "writing the pid file");
}

void writeTo(const char* path, const QByteArray& text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  (void)!::write(file, text.constData(), std::size_t(text.size()));
  ::close(file);
}

QByteArray mapOfItself(unsigned id) {
  const auto text = QByteArray::number(id);
  return text + ' ' + text + " 1\n";
}

}  // namespace

ConfinedExec::ConfinedExec(const LaunchSetup& setup, const Confinement& confinement)
    : program_(QFile::encodeName(setup.program)),
      workDirectory_(setup.workDirectory),
      landlock_(setup.landlock),
      descriptors_(setup.descriptors),
      filter_(confinement.filter()),
      user_(confinement.user()),
      userMap_(mapOfItself(::geteuid())),
      groupMap_(mapOfItself(::getegid())) {
  arguments_.push_back(program_);
  for (const auto& argument : setup.arguments) arguments_.push_back(argument.toUtf8());
  for (auto& argument : arguments_) argumentPointers_.push_back(argument.data());
  argumentPointers_.push_back(nullptr);
  std::sort(descriptors_.begin(), descriptors_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
}

void ConfinedExec::run() const {
  must(::fchdir(workDirectory_) == 0, "entering the work directory");
  openLog();
  detach();
  handOver();
  isolate();
  dropUser();
  confine();
  // No LD_PRELOAD and the like: nothing of the engine's environment.
  char* environment[] = {nullptr};
  ::execve(program_.constData(), argumentPointers_.data(), environment);
  giveUp("running the program");
}

void ConfinedExec::openLog() const {
  ::umask(077);
  const int nothing = ::open("/dev/null", O_RDWR);
  const int log = ::open(ChildProcess::kLogName, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
  must(nothing >= 0 && log >= 0, "opening the log");
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  // Written by the process itself, so that there is no moment at which it lives and cannot be found.
  const int file = ::open(ChildProcess::kPidName, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
  must(file >= 0, "making the pid file");
  writeNumber(file, ::getpid());
  ::close(file);
}

void ConfinedExec::detach() const {
  ::setsid();
  // A shutdown or logout tells every process of the session to end, and a machine must not be gone before the engine has saved it.
  // QEMU leaves blocked what it finds blocked; the engine ends it by SIGKILL.
  sigset_t politeEnds;
  ::sigemptyset(&politeEnds);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&politeEnds, number);
  ::sigprocmask(SIG_SETMASK, &politeEnds, nullptr);
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  // A core file would hold the guest's memory.
  const rlimit noCore{0, 0};
  must(::setrlimit(RLIMIT_CORE, &noCore) == 0, "forbidding core files");
}

void ConfinedExec::handOver() const {
  int parked[64];
  must(descriptors_.size() <= std::size(parked), "handing over descriptors");
  for (std::size_t i = 0; i < descriptors_.size(); ++i) {
    parked[i] = ::fcntl(descriptors_[i].first, F_DUPFD_CLOEXEC, kParkingFrom);
    must(parked[i] >= 0, "handing over descriptors");
  }
  // Just below what is parked, where it may be already.
  if (landlock_ >= 0) must(::dup2(landlock_, kParkingFrom - 1) >= 0, "handing over descriptors");
  unsigned next = STDERR_FILENO + 1;
  for (std::size_t i = 0; i < descriptors_.size(); ++i) {
    const auto number = unsigned(descriptors_[i].second);
    if (number > next) ::syscall(SYS_close_range, next, number - 1, 0);
    must(::dup2(parked[i], int(number)) >= 0, "handing over descriptors");
    next = number + 1;
  }
  ::syscall(SYS_close_range, next, unsigned(kParkingFrom - 2), 0);
  ::syscall(SYS_close_range, unsigned(kParkingFrom), ~0U, 0);
}

// A network with nothing in it, and no shared memory or host name of the others. The system call filter and Landlock hold without
// it, so a kernel that refuses is no reason to give up.
void ConfinedExec::isolate() const {
  constexpr int kOwn = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
  if (::geteuid() == 0) {
    (void)::unshare(kOwn);
    return;
  }
  if (::unshare(CLONE_NEWUSER | kOwn) != 0) return;
  writeTo("/proc/self/setgroups", deny_);
  writeTo("/proc/self/uid_map", userMap_);
  writeTo("/proc/self/gid_map", groupMap_);
}

void ConfinedExec::dropUser() const {
  if (!user_) return;
  must(::setgroups(user_->supplementary.size(), user_->supplementary.data()) == 0, "changing groups");
  must(::setresgid(user_->group, user_->group, user_->group) == 0, "changing the group");
  must(::setresuid(user_->user, user_->user, user_->user) == 0, "changing the user");
}

void ConfinedExec::confine() const {
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "forgoing new privileges");
  if (landlock_ >= 0) {
    must(::syscall(SYS_landlock_restrict_self, kParkingFrom - 1, 0) == 0, "confining the files");
    ::close(kParkingFrom - 1);
  }
  sock_fprog program{static_cast<unsigned short>(std::size_t(filter_.size()) / sizeof(sock_filter)),
                     reinterpret_cast<sock_filter*>(const_cast<char*>(filter_.constData()))};
  must(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0, "setting the system call filter");
}

}  // namespace terrarium
