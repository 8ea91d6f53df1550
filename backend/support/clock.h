// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <ctime>

namespace terrarium {

using WallTime = std::chrono::system_clock::time_point;

/// Where everything that judges a deadline reads the time, so that tests can turn it by hand.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime now() const = 0;
  /// How long the host has slept since it was started. Grows exactly when it wakes.
  [[nodiscard]] virtual std::chrono::nanoseconds slept() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override { return std::chrono::system_clock::now(); }
  /// CLOCK_BOOTTIME counts on while the host sleeps, CLOCK_MONOTONIC does not.
  [[nodiscard]] std::chrono::nanoseconds slept() const override { return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC); }

 private:
  static std::chrono::nanoseconds read(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
};

}  // namespace terrarium
