// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/spacewatch.h"

#include <algorithm>

namespace terrarium {

namespace {
constexpr std::chrono::seconds kPatience{5};
}  // namespace

SpaceWatch::SpaceWatch(const Lifecycle& lifecycle, const SnapshotFiles& snapshots, const EngineConfig& config)
    : lifecycle_(lifecycle), snapshots_(snapshots), config_(config) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &SpaceWatch::look);
  connect(&lifecycle, &Lifecycle::changed, this, [this] {
    if (!timer_.isActive()) timer_.start(config_.spaceRecheck);
  });
}

void SpaceWatch::look() {
  const auto all = lifecycle_.all();
  const auto runs = [](const SandboxRecord& record) { return record.info.state == SandboxState::Active; };
  if (std::none_of(all.begin(), all.end(), runs)) return;
  const bool little = snapshots_.freeBytes() < config_.littleSpace;
  timer_.start(little ? kPatience : config_.spaceRecheck);
  if (little) emit spaceRunsOut();
}

}  // namespace terrarium
