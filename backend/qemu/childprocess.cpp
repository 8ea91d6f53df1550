// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/childprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <cerrno>
#include <csignal>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backend/qemu/confinedexec.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

Descriptor openHandle(pid_t id) { return Descriptor(int(::syscall(SYS_pidfd_open, id, 0))); }

void killThrough(int handle) { ::syscall(SYS_pidfd_send_signal, handle, SIGKILL, nullptr, 0); }

/// P_PIDFD; older C library headers lack the name.
constexpr auto kByHandle = idtype_t(3);

ChildProcess::Exit reap(int handle) {
  siginfo_t info{};
  if (::waitid(kByHandle, id_t(handle), &info, WEXITED | WNOHANG) != 0 || info.si_pid == 0) return {};
  if (info.si_code == CLD_EXITED) return {true, info.si_status, 0};
  return {true, -1, info.si_status};
}

/// Waits in the background for a killed process, so that it does not stay a zombie.
void reapLater(Descriptor handle) {
  if (!QCoreApplication::instance()) return;
  const int number = handle.number();
  auto* notifier = new QSocketNotifier(number, QSocketNotifier::Read, QCoreApplication::instance());
  auto owner = std::make_shared<Descriptor>(std::move(handle));
  QObject::connect(notifier, &QSocketNotifier::activated, notifier, [notifier, owner] {
    notifier->setEnabled(false);
    reap(owner->number());
    notifier->deleteLater();
  });
}

}  // namespace

ChildProcess::ChildProcess(pid_t id, Descriptor handle) : id_(id), handle_(std::move(handle)) {
  notifier_ = std::make_unique<QSocketNotifier>(handle_.number(), QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, [this] { onReadable(); });
}

ChildProcess::~ChildProcess() {
  notifier_.reset();
  if (!running_) return;
  killThrough(handle_.number());
  reapLater(std::move(handle_));
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::launch(const LaunchSetup& setup, const Confinement& confinement) {
  // Everything the child needs is made before the fork: this process has threads, so the child may only make system calls.
  const ConfinedExec exec(setup, confinement);
  const pid_t id = ::fork();
  if (id < 0) return failure(systemError("QEMU could not be started."));
  if (id == 0) exec.run();
  auto handle = openHandle(id);
  if (!handle.isOpen()) {
    const int number = errno;
    ::kill(id, SIGKILL);
    ::waitpid(id, nullptr, 0);
    return failure(systemError("QEMU could not be watched.", number));
  }
  return std::unique_ptr<ChildProcess>(new ChildProcess(id, std::move(handle)));
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::adopt(pid_t id, const QString& argument) {
  const auto missing = [] { return failure(ErrorCode::NotFound, "The machine's process is not running any more."); };
  if (id <= 1) return missing();
  // The handle first: whatever is read afterwards is about this very process as long as the handle says that it lives.
  auto handle = openHandle(id);
  if (!handle.isOpen()) return missing();
  QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(id));
  if (!commandLine.open(QIODevice::ReadOnly)) return missing();
  if (!commandLine.readAll().split('\0').contains(argument.toUtf8())) return missing();
  if (::syscall(SYS_pidfd_send_signal, handle.number(), 0, nullptr, 0) != 0) return missing();
  return std::unique_ptr<ChildProcess>(new ChildProcess(id, std::move(handle)));
}

void ChildProcess::kill() {
  if (running_) killThrough(handle_.number());
}

void ChildProcess::onReadable() {
  notifier_->setEnabled(false);
  running_ = false;
  emit exited(reap(handle_.number()));
}

}  // namespace terrarium
