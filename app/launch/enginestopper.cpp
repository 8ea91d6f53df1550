// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/launch/enginestopper.h"

#include <cerrno>
#include <csignal>

namespace terrarium {

namespace {
constexpr std::chrono::milliseconds kPollEvery{50};
}

EngineStopper::EngineStopper(QObject* parent) : QObject(parent) {
  poll_.setInterval(kPollEvery);
  connect(&poll_, &QTimer::timeout, this, &EngineStopper::look);
}

Pending<void> EngineStopper::stop(const Endpoint& endpoint, std::chrono::milliseconds patience) {
  waiting_ = Resolver<void>();
  processId_ = endpoint.processId;
  limit_ = std::chrono::steady_clock::now() + patience;
  if (::kill(static_cast<pid_t>(processId_), SIGTERM) != 0 && errno != ESRCH) {
    waiting_.resolve(failure(ErrorCode::Forbidden, "The engine belongs to another user and cannot be stopped from here."));
    return waiting_.pending();
  }
  poll_.start();
  return waiting_.pending();
}

void EngineStopper::look() {
  if (::kill(static_cast<pid_t>(processId_), 0) != 0 && errno == ESRCH) {
    poll_.stop();
    return waiting_.resolve({});
  }
  if (std::chrono::steady_clock::now() < limit_) return;
  poll_.stop();
  waiting_.resolve(failure(ErrorCode::TimedOut, "The engine is still pausing its sandboxes. It ends as soon as they are saved."));
}

}  // namespace terrarium
