// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/domain/timeout.h"

namespace terrarium {

Result<Timeout> Timeout::parse(std::int64_t seconds) {
  if (seconds < kMinSeconds || seconds > kMaxSeconds) {
    return failure(badRequest("timeout_seconds", "timeout_seconds is " + std::to_string(seconds) +
                                                     ": 1 to 604800 seconds (7 days) are accepted; leave it out for no limit."));
  }
  return Timeout(std::chrono::seconds(seconds));
}

Result<AutoDelete> AutoDelete::parse(std::int64_t seconds) {
  if (seconds < kMinSeconds || seconds > kMaxSeconds) {
    return failure(badRequest("auto_delete_seconds",
                              "auto_delete_seconds is " + std::to_string(seconds) +
                                  ": 0 (delete as soon as it is paused) to 2592000 seconds (30 days) are accepted; leave it out to "
                                  "keep it."));
  }
  return AutoDelete(std::chrono::seconds(seconds));
}

}  // namespace terrarium
