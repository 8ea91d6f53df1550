// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/sandboxstore.h"
#include "backend/store/sqlitedatabase.h"

namespace terrarium {

/// The sandboxes' rows in SQLite.
class SqliteSandboxStore : public SandboxStore {
 public:
  explicit SqliteSandboxStore(SqliteDatabase& database) : database_(database) {}

  Pending<std::vector<SandboxRecord>> load() override;
  Pending<void> save(const SandboxRecord& record, Durability durability) override;
  Pending<void> erase(const SandboxId& id) override;

 private:
  SqliteDatabase& database_;
};

}  // namespace terrarium
