// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demohost.h"

namespace terrarium {

Pending<HostInfo> DemoHost::info() {
  constexpr std::int64_t kGib = 1024LL * 1024 * 1024;
  HostInfo host;
  host.engineVersion = TERRARIUM_VERSION;
  host.accelerator = "tcg";
  host.acceleratorReason = "Demonstration: no machine runs, and emulation is shown so that its warnings can be seen.";
  host.isolationBoundary = false;
  host.qemuVersion = "7.2.22";
  host.machineType = "pc-q35-7.2";
  host.memoryTotalBytes = 32 * kGib;
  host.memoryAvailableBytes = 19 * kGib;
  host.diskFreeBytes = 148 * kGib;
  host.cpuCount = 8;
  host.checks = {
      {"accelerator", CheckOutcome::Warning, "KVM is not usable here; machines are emulated.", "sudo usermod -aG kvm $USER"},
      {"qemu", CheckOutcome::Good, "QEMU 7.2.22 with machine type pc-q35-7.2.", {}},
      {"user_namespaces", CheckOutcome::Good, "Unprivileged user namespaces work.", {}},
      {"subuid", CheckOutcome::Good, "65536 subordinate ids are there.", {}},
      {"disk", CheckOutcome::Good, "148 GiB are free, and the file system can clone files.", {}},
      {"keyring", CheckOutcome::Warning, "No keyring is unlocked; secrets go into a sealed file.", "Log in to a desktop session."}};
  return settled<HostInfo>(Result<HostInfo>(std::move(host)));
}

}  // namespace terrarium
