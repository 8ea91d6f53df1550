// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/netstack/jail.h"

#include <cstdio>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "backend/support/opendescriptors.h"

namespace terrarium::netstack {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool addRules(scmp_filter_ctx filter) {
  bool ok = true;
  for (const int call : {SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(shutdown),
                         SCMP_SYS(close), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_ctl), SCMP_SYS(munmap),
                         SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(clock_gettime), SCMP_SYS(restart_syscall),
                         SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)}) {
    ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  }
  const auto notExecutable = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, notExecutable) == 0;
  // Last words.
  const auto toStandardError = SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO);
  ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, toStandardError) == 0;
  return ok;
}

bool lockSystemCalls() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
  return filter && addRules(filter.get()) && seccomp_load(filter.get()) == 0;
}

}  // namespace

bool enterJail(std::span<const int> kept) {
  const rlimit none{0, 0};
  if (!closeAllDescriptorsBut(kept)) return std::perror("terrarium-netstack: close_range"), false;
  if (::setrlimit(RLIMIT_CORE, &none) != 0) return std::perror("terrarium-netstack: setrlimit"), false;
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return std::perror("terrarium-netstack: prctl"), false;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return std::perror("terrarium-netstack: prctl"), false;
  if (lockSystemCalls()) return true;
  std::fputs("terrarium-netstack: the system call filter could not be loaded\n", stderr);
  return false;
}

}  // namespace terrarium::netstack
