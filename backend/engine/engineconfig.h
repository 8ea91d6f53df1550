// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "backend/engine/hostmemory.h"

namespace terrarium {

/// What the engine is told by whoever composes it.
struct EngineConfig {
  QString workRoot;  ///< working directories of machines are made beneath it; the same folder that SnapshotFiles sweeps
  std::string version;
  std::size_t maxSandboxes = 500;
  bool resumeAtStart = true;  ///< what an engine stop paused runs again after the next start

  std::chrono::milliseconds bootLimit{120'000};       ///< cold boot until the agent answers
  std::chrono::milliseconds wakeLimit{25'000};        ///< restored machine until the agent answers
  std::chrono::milliseconds agentLimit{10'000};       ///< one answer of the agent
  std::chrono::milliseconds activateLimit{25'000};    ///< how long activate() waits out a transition
  std::chrono::milliseconds deadlineRecheck{30'000};  ///< deadlines are looked at that often at least: clocks jump, hosts sleep
  std::chrono::milliseconds spaceRecheck{250};        ///< the free space is looked at that often while machines run
  std::int64_t littleSpace = 128LL * 1024 * 1024;     ///< below it sandboxes are paused
  std::size_t pausesAtOnce = 4;                       ///< at engine stop
  std::size_t resumesAtOnce = 2;                      ///< at engine start

  std::size_t waitingMachines = 0;                       ///< templates that keep a machine waiting for the next create
  std::chrono::milliseconds waitingQuiet{250};           ///< without any operation, before one is prepared
  std::chrono::milliseconds waitingRecheck{5'000};       ///< how often the host's memory is looked at
  std::chrono::milliseconds waitingUnused{30 * 60'000};  ///< after the last create all are given up
  std::chrono::milliseconds backgroundQuiet{2'000};      ///< the same before merging and hashing
  std::function<HostMemory()> hostMemory = HostMemory::now;
};

}  // namespace terrarium
