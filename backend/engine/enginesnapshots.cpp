// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/enginesnapshots.h"

#include "backend/engine/operations/takesnapshot.h"
#include "backend/engine/savability.h"

namespace terrarium {

namespace {
Failure unknown() { return failure(ErrorCode::NotFound, "This snapshot does not exist."); }
}  // namespace

Pending<TakenSnapshot> EngineSnapshots::take(const SandboxId& sandbox, const SnapshotSpec& spec) {
  if (closed_) {
    return settled<TakenSnapshot>(failure(ErrorCode::Unavailable, "The engine is stopping. Start it again and repeat this."));
  }
  if (spec.idempotencyKey()) {
    const auto* earlier = parts_.namedSnapshots.findByKey(sandbox, spec.idempotencyKey()->value());
    if (earlier && earlier->info.status == SnapshotStatus::Ready) return settled<TakenSnapshot>(TakenSnapshot{earlier->info, true});
  }
  const auto source = savable(parts_.lifecycle, runner_, sandbox);
  if (!source) return settled<TakenSnapshot>(failure(source.error()));
  auto take = std::make_unique<TakeSnapshot>(parts_, *source, spec);
  const auto result = take->result();
  runner_.start(std::move(take));
  return result;
}

Pending<std::vector<SnapshotInfo>> EngineSnapshots::list(const std::optional<SandboxId>& sandbox) {
  std::vector<SnapshotInfo> chosen;
  for (auto& info : parts_.namedSnapshots.all()) {
    if (!sandbox || info.sandboxId == *sandbox) chosen.push_back(std::move(info));
  }
  if (sandbox && chosen.empty() && !parts_.lifecycle.find(*sandbox)) {
    return settled<std::vector<SnapshotInfo>>(failure(noSuchSandbox()));
  }
  return settled<std::vector<SnapshotInfo>>(std::move(chosen));
}

Pending<SnapshotInfo> EngineSnapshots::get(const SnapshotId& id) {
  const auto* record = parts_.namedSnapshots.find(id);
  if (!record) return settled<SnapshotInfo>(unknown());
  return settled<SnapshotInfo>(record->info);
}

Result<SnapshotRecord> EngineSnapshots::known(const SnapshotId& id) const {
  const auto* record = parts_.namedSnapshots.find(id);
  if (!record) return unknown();
  if (record->info.status != SnapshotStatus::Ready) {
    return failure(ErrorCode::SnapshotInProgress, "This snapshot is not ready yet. Try again in a moment.");
  }
  return *record;
}

Pending<SnapshotInfo> EngineSnapshots::rename(const SnapshotId& id, const SnapshotName& name) {
  auto record = known(id);
  if (!record) return settled<SnapshotInfo>(failure(record.error()));
  record->info.name = name;
  return parts_.namedSnapshots.keep(*record);
}

Pending<void> EngineSnapshots::remove(const SnapshotId& id) {
  if (const auto record = known(id); !record) return settled<void>(failure(record.error()));
  Resolver<void> done;
  // The row first: files that nothing names are swept at the next start.
  whenDone(parts_.namedSnapshots.erase(id), this, [this, id, done](const Result<void>& erased) {
    if (!erased) return done.resolve(failure(erased.error()));
    whenDone(parts_.holds.retire(id.value()), this, [done](const Result<void>& removed) { done.resolve(removed); });
  });
  return done.pending();
}

}  // namespace terrarium
