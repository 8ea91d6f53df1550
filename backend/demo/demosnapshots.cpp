// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demosnapshots.h"

#include <algorithm>

namespace terrarium {

namespace {
constexpr std::int64_t kBelievableBytes = 210LL << 20;

Failure unknownSnapshot() { return failure(ErrorCode::NotFound, "This snapshot does not exist."); }
}  // namespace

Pending<TakenSnapshot> DemoSnapshots::take(const SandboxId& sandbox, const SnapshotSpec& spec) {
  const auto source = sandboxes_.find(sandbox);
  if (!source) return settled<TakenSnapshot>(failure(ErrorCode::NotFound, "Sandbox not found"));
  const auto key =
      spec.idempotencyKey() ? std::make_pair(sandbox, spec.idempotencyKey()->value()) : std::make_pair(sandbox, std::string());
  if (const auto known = keys_.find(key); spec.idempotencyKey() && known != keys_.end()) {
    const auto found = sandboxes_.snapshots().find(known->second);
    if (found != sandboxes_.snapshots().end()) return settled<TakenSnapshot>(TakenSnapshot{found->second, true});
  }
  if (!isAllowed(SandboxAction::Snapshot, source->state)) {
    return settled<TakenSnapshot>(failure(ErrorCode::Conflict, source->name.value() + " is " +
                                                                   std::string(phaseName(source->state)) +
                                                                   ": only an active or paused sandbox can be saved."));
  }
  SnapshotInfo info{SnapshotId::random(), sandbox, spec.name().value_or(SnapshotName::of(source->name)), SnapshotStatus::Creating};
  info.sandboxName = source->name.value();
  info.templateId = source->templateId;
  info.templateName = source->templateName;
  info.size = source->size;
  info.createdAt = clock_.now();
  sandboxes_.snapshots().insert_or_assign(info.id, info);
  if (spec.idempotencyKey()) keys_.insert_or_assign(key, info.id);
  Resolver<TakenSnapshot> resolver;
  const auto operation = randomUuid();
  announce(info, operation, false);
  QTimer::singleShot(options_.stage, this, [this, id = info.id, operation, resolver] {
    const auto found = sandboxes_.snapshots().find(id);
    if (found == sandboxes_.snapshots().end()) return resolver.resolve(unknownSnapshot());
    found->second.status = SnapshotStatus::Ready;
    found->second.readyAt = clock_.now();
    found->second.sizeBytes = kBelievableBytes;
    announce(found->second, operation, true);
    resolver.resolve(TakenSnapshot{found->second, false});
  });
  return resolver.pending();
}

void DemoSnapshots::announce(const SnapshotInfo& info, const OperationId& operation, bool finished) {
  OperationProgress progress;
  progress.operation = operation;
  progress.kind = OperationKind::Snapshot;
  progress.subjectId = info.sandboxId.value();
  progress.subjectName = info.sandboxName;
  progress.stage = "Writing the snapshot";
  progress.stageCount = 1;
  progress.finished = finished;
  emit events_.operationProgressed(progress);
}

Pending<std::vector<SnapshotInfo>> DemoSnapshots::list(const std::optional<SandboxId>& sandbox) {
  std::vector<SnapshotInfo> chosen;
  for (const auto& [id, info] : sandboxes_.snapshots()) {
    if (!sandbox || info.sandboxId == *sandbox) chosen.push_back(info);
  }
  if (sandbox && chosen.empty() && !sandboxes_.find(*sandbox)) {
    return settled<std::vector<SnapshotInfo>>(failure(ErrorCode::NotFound, "Sandbox not found"));
  }
  std::sort(chosen.begin(), chosen.end(), [](const auto& a, const auto& b) { return a.createdAt > b.createdAt; });
  return settled<std::vector<SnapshotInfo>>(std::move(chosen));
}

Pending<SnapshotInfo> DemoSnapshots::get(const SnapshotId& id) {
  const auto found = sandboxes_.snapshots().find(id);
  if (found == sandboxes_.snapshots().end()) return settled<SnapshotInfo>(unknownSnapshot());
  return settled<SnapshotInfo>(found->second);
}

Pending<SnapshotInfo> DemoSnapshots::rename(const SnapshotId& id, const SnapshotName& name) {
  const auto found = sandboxes_.snapshots().find(id);
  if (found == sandboxes_.snapshots().end()) return settled<SnapshotInfo>(unknownSnapshot());
  found->second.name = name;
  return settled<SnapshotInfo>(found->second);
}

Pending<void> DemoSnapshots::remove(const SnapshotId& id) {
  if (sandboxes_.snapshots().erase(id) == 0) return settled<void>(unknownSnapshot());
  return settled<void>({});
}

}  // namespace terrarium
