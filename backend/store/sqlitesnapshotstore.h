// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/snapshotstore.h"
#include "backend/store/sqlitedatabase.h"

namespace terrarium {

/// The named snapshots' rows in SQLite.
class SqliteSnapshotStore : public SnapshotStore {
 public:
  explicit SqliteSnapshotStore(SqliteDatabase& database) : database_(database) {}

  Pending<std::vector<SnapshotRecord>> load() override;
  Pending<void> save(const SnapshotRecord& record) override;
  Pending<void> erase(const SnapshotId& id) override;

 private:
  SqliteDatabase& database_;
};

}  // namespace terrarium
