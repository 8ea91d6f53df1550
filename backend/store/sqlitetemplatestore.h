// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/templatestore.h"
#include "backend/store/sqlitedatabase.h"

namespace terrarium {

/// The templates' rows in SQLite.
class SqliteTemplateStore : public TemplateStore {
 public:
  explicit SqliteTemplateStore(SqliteDatabase& database) : database_(database) {}

  Pending<std::vector<TemplateRecord>> load() override;
  Pending<void> save(const TemplateRecord& record) override;
  Pending<void> erase(const std::string& id) override;

 private:
  SqliteDatabase& database_;
};

}  // namespace terrarium
