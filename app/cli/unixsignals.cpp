// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/unixsignals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace terrarium {

namespace {
// A handler may do little more than write a byte.
int pipeEnds[2] = {-1, -1};

void onSignal(int number) {
  const auto byte = static_cast<unsigned char>(number);
  [[maybe_unused]] const auto written = ::write(pipeEnds[1], &byte, 1);
}
}  // namespace

UnixSignals::UnixSignals(std::initializer_list<int> numbers, QObject* parent) : QObject(parent), caught_(numbers) {
  if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0) return;
  notifier_ = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
  connect(notifier_.get(), &QSocketNotifier::activated, this, &UnixSignals::read);
  struct sigaction action {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_RESTART;
  for (const auto number : caught_) ::sigaction(number, &action, nullptr);
}

UnixSignals::~UnixSignals() {
  for (const auto number : caught_) std::signal(number, SIG_DFL);
  notifier_.reset();
  ::close(pipeEnds[0]);
  ::close(pipeEnds[1]);
}

void UnixSignals::read() {
  unsigned char number = 0;
  while (::read(pipeEnds[0], &number, 1) == 1) emit received(number);
}

}  // namespace terrarium
