// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/support/opendescriptors.h"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace terrarium {

void raiseDescriptorLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

bool closeAllDescriptorsBut(std::span<const int> kept) {
  std::vector<int> sorted(kept.begin(), kept.end());
  std::sort(sorted.begin(), sorted.end());
  unsigned from = STDERR_FILENO + 1;
  for (const int each : sorted) {
    const auto number = static_cast<unsigned>(each);
    if (number < from) continue;
    if (number > from && ::close_range(from, number - 1, 0) != 0) return false;
    from = number + 1;
  }
  return ::close_range(from, ~0U, 0) == 0;
}

}  // namespace terrarium
