// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demostatistics.h"

#include <cmath>

namespace terrarium {

namespace {

constexpr std::int64_t kMib = 1024LL * 1024;

SandboxStatistics figures(const DemoSandboxes::Entry& entry, int tick) {
  const auto seed = static_cast<double>(entry.order);
  const double slow = std::sin(tick / 17.0 + seed * 1.7);
  const double quick = std::sin(tick / 2.3 + seed * 0.9) * std::sin(tick / 3.1 + seed);
  SandboxStatistics result;
  result.id = entry.info.id.value();
  const double load = std::fmod(seed * 37, 70.0);  // some are busy, some idle
  result.cpuPercent = std::max(0.3, load * (1 + 0.35 * slow) + 12 * quick);
  result.memoryTotalBytes = entry.info.size.memoryMib() * kMib;
  const double share = 0.18 + std::fmod(seed * 0.13, 0.5) + 0.04 * slow + 0.01 * quick;
  result.memoryUsedBytes = static_cast<std::int64_t>(share * static_cast<double>(result.memoryTotalBytes));
  result.hostPssBytes = result.memoryUsedBytes / 2 + 41 * kMib;
  result.diskTotalBytes = entry.info.size.diskMib() * kMib;
  result.diskUsedBytes = (420 + 37 * static_cast<std::int64_t>(entry.order) + tick / 10) * kMib;
  result.processCount = 7 + static_cast<int>(entry.order) + (quick > 0.4 ? 2 : 0);
  if (entry.order % 3 == 1) result.listeningPorts = {8000};
  if (entry.order % 3 == 2) result.listeningPorts = {3000, 9229};
  return result;
}

}  // namespace

DemoStatistics::DemoStatistics(const DemoOptions& options, Events& events, const DemoSandboxes& sandboxes)
    : events_(events), sandboxes_(sandboxes) {
  timer_.setInterval(options.statistics);
  connect(&timer_, &QTimer::timeout, this, &DemoStatistics::report);
  timer_.start();
}

void DemoStatistics::report() {
  ++tick_;
  for (const auto* entry : sandboxes_.activeOnes()) emit events_.statisticsChanged(figures(*entry, tick_));
}

}  // namespace terrarium
