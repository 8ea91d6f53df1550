// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

namespace terrarium {

/// How many requests a plane takes: a bucket of `burst` tokens that fills again at `perSecond`. Owned by the
/// router; knows no clock.
class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Verdict {
    bool isAdmitted = false;
    int remaining = 0;                   ///< whole tokens left
    std::chrono::seconds untilFull{0};   ///< rounded up
    std::chrono::seconds retryAfter{0};  ///< when refused: until the next token, rounded up
  };

  RateLimit(int perSecond, int burst) : perSecond_(perSecond), burst_(burst), tokens_(burst) {}

  [[nodiscard]] int burst() const { return burst_; }
  [[nodiscard]] Verdict take(Time now);

 private:
  int perSecond_;
  int burst_;
  double tokens_;
  std::optional<Time> filledAt_;
};

}  // namespace terrarium
