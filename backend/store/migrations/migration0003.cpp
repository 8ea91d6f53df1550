// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/migrations/migration0003.h"

namespace terrarium {

Migration migration0003() {
  return {3,
          {
              "ALTER TABLE sandboxes ADD COLUMN snapshot_us INTEGER",
              "ALTER TABLE sandboxes ADD COLUMN source_snapshot_id TEXT NOT NULL DEFAULT ''",
              R"(CREATE TABLE snapshots (
                   id TEXT PRIMARY KEY,
                   sandbox_id TEXT NOT NULL,
                   sandbox_name TEXT NOT NULL,
                   name TEXT NOT NULL,
                   template_id TEXT NOT NULL,
                   template_name TEXT NOT NULL,
                   vcpus INTEGER NOT NULL,
                   memory_mib INTEGER NOT NULL,
                   disk_mib INTEGER NOT NULL,
                   size_bytes INTEGER NOT NULL,
                   created_us INTEGER NOT NULL,
                   ready_us INTEGER NOT NULL,
                   idempotency_key TEXT NOT NULL,
                   defaults TEXT NOT NULL
                 ) STRICT)",
          }};
}

}  // namespace terrarium
