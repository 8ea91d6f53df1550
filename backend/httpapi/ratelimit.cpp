// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/ratelimit.h"

#include <algorithm>
#include <cmath>

namespace terrarium {

RateLimit::Verdict RateLimit::take(Time now) {
  const std::chrono::duration<double> passed = filledAt_ ? now - *filledAt_ : Time::duration::zero();
  tokens_ = std::min<double>(burst_, tokens_ + std::max(0.0, passed.count()) * perSecond_);
  filledAt_ = now;
  const auto secondsUntil = [this](double wanted) {
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(std::max(0.0, wanted - tokens_) / perSecond_)));
  };
  Verdict verdict;
  verdict.isAdmitted = tokens_ >= 1;
  if (verdict.isAdmitted)
    tokens_ -= 1;
  else
    verdict.retryAfter = secondsUntil(1);
  verdict.remaining = static_cast<int>(tokens_);
  verdict.untilFull = secondsUntil(burst_);
  return verdict;
}

}  // namespace terrarium
