// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/api/pending.h"
#include "backend/domain/forkspec.h"
#include "backend/domain/sandboxinfo.h"
#include "backend/domain/sandboxpatch.h"
#include "backend/domain/sandboxspec.h"

namespace terrarium {

/// What a client calls its own long operation, so that it can recognise its progress and cancel it. Any UUID.
using OperationId = std::string;

enum class SandboxSort { CreatedAt, Name, Status };

/// Which sandboxes to list, in which order.
struct SandboxQuery {
  std::map<std::string, std::string> metadata;  ///< all of them must match exactly
  std::string nameContains;                     ///< case-insensitive
  std::optional<std::string> status;            ///< active, paused, resuming, failed
  SandboxSort sort = SandboxSort::CreatedAt;
  bool ascending = false;
  std::optional<int> limit;  ///< 1-200
  int offset = 0;
};

struct SandboxPage {
  std::vector<SandboxInfo> items;
  std::size_t total = 0;  ///< matches before limit and offset
};

/// What can be done with sandboxes. Errors: BadRequest with the field, NotFound, Conflict when the state does not allow it, Gone
/// when the machine was lost, StorageFull, TooManySandboxes, Unavailable.
class Sandboxes {
 public:
  virtual ~Sandboxes() = default;

  /// Resolves when commands can be run. With an operation id its stages are announced under that id and cancel() works; a cancelled
  /// create resolves with ErrorCode::Cancelled and leaves nothing behind.
  virtual Pending<SandboxInfo> create(const SandboxSpec& spec, const OperationId& operation = {}) = 0;
  virtual Pending<void> cancel(const OperationId& operation) = 0;
  virtual Pending<SandboxPage> list(const SandboxQuery& query) = 0;
  virtual Pending<SandboxInfo> get(const SandboxId& id) = 0;
  virtual Pending<void> update(const SandboxId& id, const SandboxPatch& patch) = 0;
  /// Resolves when the snapshot is durable and the machine has ended.
  virtual Pending<void> pause(const SandboxId& id) = 0;
  /// Only from `paused`.
  virtual Pending<SandboxInfo> resume(const SandboxId& id) = 0;
  /// Like resume(), but also fine when active, and waits out a transition (at most 25 s).
  virtual Pending<SandboxInfo> activate(const SandboxId& id) = 0;
  virtual Pending<void> remove(const SandboxId& id) = 0;
  /// Clones of an active or paused sandbox with its memory, each with an identity, name and tokens of its own. All of them or none.
  /// The source goes on as it was. Cancels like create().
  virtual Pending<std::vector<SandboxInfo>> fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation = {}) = 0;
};

}  // namespace terrarium
