// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/socketfilter.h"

#include <array>
#include <cerrno>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "backend/qemu/systemerror.h"
#include "backend/support/descriptor.h"

namespace terrarium {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool addRules(scmp_filter_ctx filter) {
  bool ok = true;
  const auto unixOnly = SCMP_A0(SCMP_CMP_NE, AF_UNIX);
  ok &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1, unixOnly) == 0;
  ok &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socketpair), 1, unixOnly) == 0;
  for (const int call : {SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register)}) {
    ok &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) == 0;
  }
  for (const int call : {SCMP_SYS(ptrace),
                         SCMP_SYS(process_vm_readv),
                         SCMP_SYS(process_vm_writev),
                         SCMP_SYS(mount),
                         SCMP_SYS(umount2),
                         SCMP_SYS(pivot_root),
                         SCMP_SYS(unshare),
                         SCMP_SYS(setns),
                         SCMP_SYS(bpf),
                         SCMP_SYS(perf_event_open),
                         SCMP_SYS(keyctl),
                         SCMP_SYS(add_key),
                         SCMP_SYS(request_key),
                         SCMP_SYS(open_by_handle_at),
                         SCMP_SYS(init_module),
                         SCMP_SYS(finit_module),
                         SCMP_SYS(delete_module),
                         SCMP_SYS(kexec_load),
                         SCMP_SYS(kexec_file_load),
                         SCMP_SYS(userfaultfd)}) {
    ok &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
  }
  return ok;
}

}  // namespace

Result<QByteArray> makeSocketFilter() {
  const Filter filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
  if (!filter || !addRules(filter.get())) return failure(ErrorCode::Internal, "The system call filter could not be made.");
  // libseccomp exports into a file only; loading it after fork would allocate memory there.
  const Descriptor file(::memfd_create("filter", MFD_CLOEXEC));
  if (!file.isOpen() || seccomp_export_bpf(filter.get(), file.number()) != 0) {
    return failure(systemError("The system call filter could not be made."));
  }
  QByteArray program;
  std::array<char, 4096> part{};
  ::lseek(file.number(), 0, SEEK_SET);
  for (;;) {
    const auto count = ::read(file.number(), part.data(), part.size());
    if (count < 0) return failure(systemError("The system call filter could not be read."));
    if (count == 0) return program;
    program.append(part.data(), count);
  }
}

}  // namespace terrarium
