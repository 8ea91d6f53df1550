// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/envvars.h"
#include "backend/domain/sandboxinfo.h"
#include "backend/domain/secretbindings.h"
#include "backend/engine/ports/snapshotfiles.h"

namespace terrarium {

/// What commands of a sandbox start with; fixed by the template when its snapshot was taken.
struct GuestDefaults {
  std::map<std::string, std::string> env;
  std::string user;
  std::string workingDirectory;
  bool operator==(const GuestDefaults&) const = default;
};

/// The machine that works for a sandbox, or did until the engine went away. Written before the machine starts, so that a restarted
/// engine finds it; `files` holds only the working directory until the snapshot has been checked out.
struct MachineRecord {
  std::string cookie;
  WorkingFiles files;
};

/// A sandbox as the store keeps it: what everybody may see, and what only the engine needs.
struct SandboxRecord {
  SandboxInfo info;
  EnvVars envVars = EnvVars::none();
  SecretBindings secrets = SecretBindings::none();
  GuestDefaults defaults = {};
  std::string pendingSnapshotId = {};  ///< being written by a pause; its set may be complete although the row says pausing
  bool resumeAtStart = false;          ///< paused only because the engine stopped
  std::optional<MachineRecord> machine = {};
};

/// What a write survives: a crash of the engine, or a power cut, too.
enum class Durability { ProcessCrash, PowerCut };

/// Keeps sandboxes. Writes are done in the order of the calls, off the engine's thread.
class SandboxStore {
 public:
  virtual ~SandboxStore() = default;
  virtual Pending<std::vector<SandboxRecord>> load() = 0;
  /// Inserts or replaces the whole row. Errors: StorageFull, FileSystem.
  virtual Pending<void> save(const SandboxRecord& record, Durability durability) = 0;
  virtual Pending<void> erase(const SandboxId& id) = 0;
};

}  // namespace terrarium
