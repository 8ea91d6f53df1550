// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/events.h"
#include "backend/api/pending.h"
#include "backend/domain/activityentry.h"

namespace terrarium {

/// Which entries of the activity log to list. Empty texts do not select.
struct ActivityQuery {
  static constexpr int kMostEntries = 200;

  std::string category;           ///< sandbox, network, exec, template, secret
  std::string status;             ///< success, error
  std::string contains;           ///< in a name, the action or the error; case does not matter
  std::string sandboxId;          ///< of this sandbox alone
  std::optional<WallTime> from;   ///< not earlier
  std::optional<WallTime> until;  ///< earlier than that
  int limit = kMostEntries;
  int offset = 0;
};

struct ActivityPage {
  std::vector<ActivityEntry> items;  ///< the latest first
  std::size_t total = 0;             ///< matches before limit and offset
};

/// What was done here. The newest ten thousand entries or so are kept.
class Activity {
 public:
  virtual ~Activity() = default;
  virtual Pending<ActivityPage> list(const ActivityQuery& query) = 0;
};

/// Selects from entries that are ordered from the oldest to the latest.
[[nodiscard]] ActivityPage select(const std::vector<ActivityEntry>& entries, const ActivityQuery& query);

/// What the end of an operation leaves in the log, without id and time; nothing while it goes on.
[[nodiscard]] std::optional<ActivityEntry> activityOf(const OperationProgress& progress);
/// What a successful update leaves in the log.
[[nodiscard]] std::vector<ActivityEntry> activityOf(const SandboxInfo& info, const SandboxPatch& patch);
/// What a command leaves in the log; its text is cut to a readable length.
[[nodiscard]] ActivityEntry commandActivity(const SandboxInfo& info, const std::string& command);

}  // namespace terrarium
