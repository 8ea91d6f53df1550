// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/wakewatch.h"

#include <QDebug>

#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

namespace {
constexpr std::chrono::seconds kLook{2};
/// The two clocks are not read at the same instant.
constexpr std::chrono::milliseconds kRealSleep{500};
}  // namespace

WakeWatch::WakeWatch(const Lifecycle& lifecycle, const RunningMachines& machines, const Clock& clock)
    : lifecycle_(lifecycle), machines_(machines), clock_(clock), slept_(clock.slept()) {
  connect(&timer_, &QTimer::timeout, this, &WakeWatch::look);
  timer_.start(kLook);
}

void WakeWatch::look() {
  const auto slept = clock_.slept();
  if (slept - slept_ < kRealSleep) return;
  slept_ = slept;
  for (const auto& record : lifecycle_.all()) {
    const auto* running = machines_.find(record.info.id);
    if (!running || record.info.state != SandboxState::Active) continue;
    // Taking on its identity anew sets the clock, and gives fresh entropy besides.
    whenDone(running->agent->assume(identityOf(record)), this, [id = record.info.id.value()](const Result<void>& set) {
      if (!set)
        qWarning("The clock of sandbox %s could not be set after the host slept: %s", id.c_str(), set.error().message.c_str());
    });
  }
}

}  // namespace terrarium
