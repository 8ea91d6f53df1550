// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/backgroundgate.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace terrarium {

namespace {

constexpr int kNicest = 19;
/// ioprio_set(2): the last of the best-effort levels. Not the idle class: who holds the journal must get on with it.
constexpr int kThisThread = 1;
constexpr int kLastOfBestEffort = 2 << 13 | 7;

}  // namespace

BackgroundGate::State BackgroundGate::state() const {
  if (shutDown_) return State::ShutDown;
  return closed_ && hurried_ == 0 ? State::Closed : State::Open;
}

Result<void> BackgroundGate::pass() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return state() != State::Closed; });
  if (shutDown_) return failure(ErrorCode::Cancelled, "The engine is stopping.");
  return {};
}

BackgroundGate::State BackgroundGate::watch(State known, std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this, known] { return state() != known; });
  return state();
}

void comeLast() {
  // For Linux, a thread is what others call a process here.
  ::setpriority(PRIO_PROCESS, 0, kNicest);
  ::syscall(SYS_ioprio_set, kThisThread, 0, kLastOfBestEffort);
}

}  // namespace terrarium
