// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/migrations/migration0001.h"

namespace terrarium {

Migration migration0001() {
  return {1,
          {
              R"(CREATE TABLE sandboxes (
                   id TEXT PRIMARY KEY,
                   name TEXT NOT NULL,
                   phase TEXT NOT NULL,
                   template_id TEXT NOT NULL,
                   template_name TEXT NOT NULL,
                   vcpus INTEGER NOT NULL,
                   memory_mib INTEGER NOT NULL,
                   disk_mib INTEGER NOT NULL,
                   created_us INTEGER NOT NULL,
                   timeout_s INTEGER,
                   auto_delete_s INTEGER,
                   paused_us INTEGER,
                   allow_out TEXT NOT NULL,
                   deny_out TEXT NOT NULL,
                   metadata TEXT NOT NULL,
                   secrets TEXT NOT NULL,
                   bindings TEXT NOT NULL,
                   env_vars TEXT NOT NULL,
                   snapshot_id TEXT NOT NULL,
                   pending_snapshot_id TEXT NOT NULL,
                   emulated INTEGER NOT NULL,
                   problem TEXT NOT NULL,
                   resume_at_start INTEGER NOT NULL,
                   defaults TEXT NOT NULL,
                   machine TEXT
                 ) STRICT)",
              R"(CREATE TABLE templates (
                   id TEXT PRIMARY KEY,
                   name TEXT NOT NULL,
                   status TEXT NOT NULL,
                   vcpus INTEGER NOT NULL,
                   memory_mib INTEGER NOT NULL,
                   disk_mib INTEGER NOT NULL,
                   system INTEGER NOT NULL,
                   description TEXT NOT NULL,
                   size_bytes INTEGER NOT NULL,
                   problem TEXT NOT NULL,
                   created_us INTEGER NOT NULL,
                   built_us INTEGER,
                   latest_build_id TEXT NOT NULL,
                   snapshot_id TEXT NOT NULL,
                   content_hash TEXT NOT NULL,
                   defaults TEXT NOT NULL
                 ) STRICT)",
          }};
}

}  // namespace terrarium
