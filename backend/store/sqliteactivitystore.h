// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/activitystore.h"
#include "backend/store/sqlitedatabase.h"

namespace terrarium {

/// The activity log's rows in SQLite.
class SqliteActivityStore : public ActivityStore {
 public:
  explicit SqliteActivityStore(SqliteDatabase& database) : database_(database) {}

  Pending<void> append(const std::vector<ActivityEntry>& entries, int keep) override;
  Pending<ActivityPage> find(const ActivityQuery& query) override;

 private:
  SqliteDatabase& database_;
};

}  // namespace terrarium
