// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <compare>
#include <cstdint>

#include "backend/support/result.h"

namespace terrarium {

/// The shape of a machine. It comes from the template, because the snapshot dictates it.
class MachineSize {
 public:
  static constexpr std::int64_t kMinVcpus = 1, kMaxVcpus = 10;
  static constexpr std::int64_t kMinMemoryMib = 256, kMaxMemoryMib = 20480;
  static constexpr std::int64_t kMinDiskMib = 1024, kMaxDiskMib = 65536;

  /// Errors name the fields "vcpu", "memory_mib", "disk_mib".
  [[nodiscard]] static Result<MachineSize> parse(std::int64_t vcpus, std::int64_t memoryMib, std::int64_t diskMib);
  /// 1 vCPU, 1024 MiB, 4096 MiB.
  [[nodiscard]] static MachineSize standard() { return {1, 1024, 4096}; }

  [[nodiscard]] std::int64_t vcpus() const { return vcpus_; }
  [[nodiscard]] std::int64_t memoryMib() const { return memoryMib_; }
  [[nodiscard]] std::int64_t diskMib() const { return diskMib_; }
  auto operator<=>(const MachineSize&) const = default;

 private:
  MachineSize(std::int64_t vcpus, std::int64_t memoryMib, std::int64_t diskMib)
      : vcpus_(vcpus), memoryMib_(memoryMib), diskMib_(diskMib) {}
  std::int64_t vcpus_;
  std::int64_t memoryMib_;
  std::int64_t diskMib_;
};

}  // namespace terrarium
