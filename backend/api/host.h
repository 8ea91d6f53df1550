// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/api/pending.h"

namespace terrarium {

enum class CheckOutcome { Good, Warning, Bad };

/// One line of the doctor's report.
struct HostCheck {
  std::string id;  ///< accelerator, qemu, user_namespaces, subuid, disk, keyring, ...
  CheckOutcome outcome = CheckOutcome::Good;
  std::string summary;  ///< what was found, one sentence
  std::string fix;      ///< what to do about it, a command where there is one; empty when good
};

/// The machine that the engine runs on.
struct HostInfo {
  std::string engineVersion;
  std::string accelerator;         ///< kvm or tcg, as measured
  std::string acceleratorReason;   ///< why, one sentence
  bool isolationBoundary = false;  ///< false under emulation
  std::string qemuVersion;
  std::string machineType;
  std::int64_t memoryTotalBytes = 0;
  std::int64_t memoryAvailableBytes = 0;
  std::int64_t diskFreeBytes = 0;  ///< where sandboxes are kept
  int cpuCount = 0;
  int waitingMachines = 0;  ///< made ready for the next create; no sandbox is in them
  std::vector<HostCheck> checks;
};

class Host {
 public:
  virtual ~Host() = default;
  virtual Pending<HostInfo> info() = 0;
};

}  // namespace terrarium
