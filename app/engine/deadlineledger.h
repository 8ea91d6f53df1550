// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "backend/support/clock.h"

namespace terrarium {

/// A small text file that tells the supervisor which machines have to be gone at what time: one line per machine,
/// "<unix seconds> <pid> <cookie>". Written by the engine, read by the supervisor while there is no engine. std C++ and POSIX only.
class DeadlineLedger {
 public:
  struct Entry {
    std::int64_t deadlineUnix = 0;
    std::int64_t processId = 0;
    std::string cookie;  ///< stands in the command line of that process
    bool operator==(const Entry&) const = default;
  };

  explicit DeadlineLedger(std::string file) : file_(std::move(file)) {}

  /// Replaces the file atomically; false when that failed.
  bool write(const std::vector<Entry>& entries) const;
  /// Lines that are not of that form are left out.
  [[nodiscard]] std::vector<Entry> read() const;
  /// Kills each machine whose deadline has passed, if the process with that number still is that machine. Returns how many.
  int endOverdueMachines(WallTime now) const;

 private:
  std::string file_;
};

}  // namespace terrarium
