// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/stopsignals.h"

#include <QSocketNotifier>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace terrarium {

namespace {
// A handler rather than a blocked mask with signalfd: a mask would be inherited by every program the engine starts.
int writeEnd = -1;

void noteSignal(int /*signal*/) {
  const char byte = 0;
  [[maybe_unused]] const auto written = ::write(writeEnd, &byte, 1);
}
}  // namespace

StopSignals::StopSignals(QObject* parent) : QObject(parent) {
  int ends[2] = {-1, -1};
  [[maybe_unused]] const int made = ::pipe2(ends, O_CLOEXEC | O_NONBLOCK);
  readEnd_ = ends[0];
  writeEnd = ends[1];
  struct sigaction action {};
  action.sa_handler = noteSignal;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaction(signal, &action, nullptr);
  auto* notifier = new QSocketNotifier(readEnd_, QSocketNotifier::Read, this);
  connect(notifier, &QSocketNotifier::activated, this, [this] {
    char bytes[16];
    while (::read(readEnd_, bytes, sizeof bytes) > 0) {
    }
    emit received();
  });
}

StopSignals::~StopSignals() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) std::signal(signal, SIG_DFL);
  ::close(readEnd_);
  ::close(writeEnd);
}

}  // namespace terrarium
