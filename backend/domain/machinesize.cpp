// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/machinesize.h"

#include <string>

namespace terrarium {

namespace {

Result<void> checkRange(const char* field, std::int64_t value, std::int64_t smallest, std::int64_t largest, const char* unit) {
  if (value >= smallest && value <= largest) return {};
  return failure(badRequest(field, std::string(field) + " is " + std::to_string(value) + ": " + std::to_string(smallest) + " to " +
                                       std::to_string(largest) + " " + unit + " are accepted."));
}

}  // namespace

Result<MachineSize> MachineSize::parse(std::int64_t vcpus, std::int64_t memoryMib, std::int64_t diskMib) {
  if (auto checked = checkRange("vcpu", vcpus, kMinVcpus, kMaxVcpus, "virtual CPUs"); !checked) return failure(checked.error());
  if (auto checked = checkRange("memory_mib", memoryMib, kMinMemoryMib, kMaxMemoryMib, "MiB"); !checked) {
    return failure(checked.error());
  }
  if (auto checked = checkRange("disk_mib", diskMib, kMinDiskMib, kMaxDiskMib, "MiB"); !checked) return failure(checked.error());
  return MachineSize(vcpus, memoryMib, diskMib);
}

}  // namespace terrarium
