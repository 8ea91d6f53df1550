// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/support/clock.h"

namespace terrarium {

/// A clock that stands still until it is turned.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start = WallTime(std::chrono::seconds(1'800'000'000))) : now_(start) {}

  [[nodiscard]] WallTime now() const override { return now_; }
  [[nodiscard]] std::chrono::nanoseconds slept() const override { return slept_; }
  void advance(std::chrono::system_clock::duration by) { now_ += by; }
  /// The host slept that long: its wall clock went on.
  void sleep(std::chrono::seconds by) {
    now_ += by;
    slept_ += by;
  }
  void set(WallTime to) { now_ = to; }

 private:
  WallTime now_;
  std::chrono::nanoseconds slept_{0};
};

}  // namespace terrarium
