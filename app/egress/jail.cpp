// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/egress/jail.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backend/support/opendescriptors.h"

namespace terrarium::egress {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool complain(const char* step) {
  std::fprintf(stderr, "terrarium-egress: ");
  std::perror(step);
  return false;
}

/// From the kernel's linux/landlock.h, whose older editions lack the later ones.
struct RulesetAttributes {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scoped;
};

/// No file at all, no port to listen on, no signals and no abstract sockets of others. Where the kernel has no Landlock, the system
/// call filter alone holds.
bool giveUpFiles() {
  constexpr unsigned kVersionQuery = 1;
  constexpr std::uint64_t kBindTcp = 1;
  const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, kVersionQuery);
  if (version < 1) return true;
  const int files = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  const RulesetAttributes attributes{(std::uint64_t{1} << files) - 1, version >= 4 ? kBindTcp : 0, version >= 6 ? 3U : 0U};
  const auto size = version >= 6 ? 24U : version >= 4 ? 16U : 8U;
  const auto rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0));
  const bool done = rules >= 0 && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  if (rules >= 0) ::close(rules);
  return done;
}

bool allowSockets(scmp_filter_ctx filter) {
  constexpr int kFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
  bool ok = true;
  for (const int family : {AF_INET, AF_INET6}) {
    for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
      const scmp_arg_cmp arguments[] = {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family)),
                                        SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(type | kFlags)), SCMP_A2(SCMP_CMP_EQ, 0)};
      ok &= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 3, arguments) == 0;
    }
  }
  ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socketpair), 1, SCMP_A0(SCMP_CMP_EQ, AF_UNIX)) == 0;
  return ok;
}

bool addRules(scmp_filter_ctx filter) {
  bool ok = allowSockets(filter);
  for (const int call :
       {SCMP_SYS(connect),     SCMP_SYS(recvfrom),   SCMP_SYS(recvmsg),         SCMP_SYS(sendto),       SCMP_SYS(sendmsg),
        SCMP_SYS(getsockopt),  SCMP_SYS(setsockopt), SCMP_SYS(shutdown),        SCMP_SYS(close),        SCMP_SYS(epoll_wait),
        SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_ctl),  SCMP_SYS(epoll_create1),   SCMP_SYS(munmap),       SCMP_SYS(mremap),
        SCMP_SYS(madvise),     SCMP_SYS(brk),        SCMP_SYS(clock_gettime),   SCMP_SYS(gettimeofday), SCMP_SYS(futex),
        SCMP_SYS(getrandom),   SCMP_SYS(exit),       SCMP_SYS(restart_syscall), SCMP_SYS(exit_group),   SCMP_SYS(rt_sigreturn)}) {
    ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  }
  ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  // Last words.
  ok &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO)) == 0;
  return ok;
}

bool lockSystemCalls() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
  return filter && addRules(filter.get()) && seccomp_load(filter.get()) == 0;
}

}  // namespace

bool enterJail(std::span<const int> keptDescriptors) {
  const rlimit none{0, 0};
  if (!closeAllDescriptorsBut(keptDescriptors)) return complain("closing descriptors");
  if (::setrlimit(RLIMIT_CORE, &none) != 0) return complain("forbidding core files");
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return complain("forbidding others to look in");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return complain("forgoing new privileges");
  if (!giveUpFiles()) return complain("giving up files");
  return lockSystemCalls() || complain("setting the system call filter");
}

}  // namespace terrarium::egress
