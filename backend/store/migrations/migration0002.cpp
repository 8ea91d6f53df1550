// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/migrations/migration0002.h"

namespace terrarium {

Migration migration0002() {
  return {2,
          {
              R"(CREATE TABLE activity (
                   seq INTEGER PRIMARY KEY AUTOINCREMENT,
                   id TEXT NOT NULL,
                   created_us INTEGER NOT NULL,
                   category TEXT NOT NULL,
                   action TEXT NOT NULL,
                   status TEXT NOT NULL,
                   sandbox_id TEXT NOT NULL,
                   sandbox_name TEXT NOT NULL,
                   template_id TEXT NOT NULL,
                   secret_id TEXT NOT NULL,
                   secret_name TEXT NOT NULL,
                   duration_ms INTEGER,
                   error TEXT NOT NULL,
                   metadata TEXT NOT NULL
                 ) STRICT)",
              "CREATE INDEX activity_by_sandbox ON activity (sandbox_id)",
          }};
}

}  // namespace terrarium
