// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/expirywatch.h"

#include <algorithm>
#include <vector>

namespace terrarium {

std::optional<WallTime> endOf(const SandboxRecord& record) {
  auto end = record.info.deadline();
  const auto tooLongPaused = record.resumeAtStart ? std::nullopt : record.info.autoDeleteAt();
  if (tooLongPaused && (!end || *tooLongPaused < *end)) end = tooLongPaused;
  return end;
}

ExpiryWatch::ExpiryWatch(const Lifecycle& lifecycle, const Clock& clock, std::chrono::milliseconds recheck)
    : lifecycle_(lifecycle), clock_(clock), recheck_(recheck) {
  timer_.setSingleShot(true);
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &ExpiryWatch::look);
  const auto soon = [this] {
    if (watching_) timer_.start(0);
  };
  connect(&lifecycle, &Lifecycle::changed, this, soon);
  connect(&lifecycle, &Lifecycle::removed, this, soon);
}

void ExpiryWatch::start() {
  watching_ = true;
  look();
}

void ExpiryWatch::stop() {
  watching_ = false;
  timer_.stop();
}

void ExpiryWatch::look() {
  if (!watching_) return;
  const auto now = clock_.now();
  auto wait = recheck_;
  std::vector<SandboxId> over;
  for (const auto& record : lifecycle_.all()) {
    const auto end = endOf(record);
    if (!end) continue;
    if (*end <= now) {
      over.push_back(record.info.id);
    } else {
      wait = std::min(wait, std::chrono::ceil<std::chrono::milliseconds>(*end - now));
    }
  }
  timer_.start(wait);
  for (const auto& id : over) emit deadlinePassed(id);
}

}  // namespace terrarium
