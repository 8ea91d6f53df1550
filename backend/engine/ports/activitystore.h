// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include "backend/api/activity.h"
#include "backend/api/pending.h"

namespace terrarium {

/// Keeps the activity log. Writes are done in the order of the calls, off the engine's thread; a power cut may cost the last ones.
class ActivityStore {
 public:
  virtual ~ActivityStore() = default;
  /// Adds entries, the oldest first, and forgets all but the newest `keep`.
  virtual Pending<void> append(const std::vector<ActivityEntry>& entries, int keep) = 0;
  virtual Pending<ActivityPage> find(const ActivityQuery& query) = 0;
};

}  // namespace terrarium
