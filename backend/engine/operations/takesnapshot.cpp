// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/operations/takesnapshot.h"

#include <utility>

#include "backend/engine/operations/wakingoperation.h"

namespace terrarium {

namespace {

SnapshotRecord recordOf(const SandboxRecord& source, const SnapshotSpec& spec, WallTime now) {
  const auto& info = source.info;
  SnapshotRecord record{
      {SnapshotId::random(), info.id, spec.name().value_or(SnapshotName::of(info.name)), SnapshotStatus::Creating}};
  record.info.sandboxName = info.name.value();
  record.info.templateId = info.templateId;
  record.info.templateName = info.templateName;
  record.info.size = info.size;
  record.info.createdAt = std::chrono::floor<std::chrono::microseconds>(now);
  if (spec.idempotencyKey()) record.idempotencyKey = spec.idempotencyKey()->value();
  record.defaults = inheritedDefaults(source);
  return record;
}

}  // namespace

TakeSnapshot::TakeSnapshot(EngineParts& parts, const SandboxRecord& source, const SnapshotSpec& spec)
    : SavingOperation({randomUuid(), OperationKind::Snapshot, source.info.id.value(), source.info.name.value(), kStages + 1}, parts,
                      source.info.id),
      source_(source.info),
      record_(recordOf(source, spec, parts.clock.now())) {}

void TakeSnapshot::begin() {
  parts_.namedSnapshots.begin(record_);
  undoWith([this] {
    parts_.namedSnapshots.abandon(record_.info.id);
    return settled<void>({});
  });
  if (source_.state == SandboxState::Active) return save(record_.info.id.value());
  if (!enter("Writing the snapshot")) return;
  heldSnapshot_ = parts_.holds.hold(source_.snapshotId);
  await(parts_.snapshots.duplicate(source_.snapshotId, record_.info.id.value()), [this](const SnapshotManifest&) {
    undoWith([this] { return parts_.snapshots.remove(record_.info.id.value()); });
    measure();
  });
}

void TakeSnapshot::saved() {
  // The save has withdrawn what was to be undone before it.
  undoWith([this] {
    parts_.namedSnapshots.abandon(record_.info.id);
    return settled<void>({});
  });
  measure();
}

void TakeSnapshot::measure() {
  if (!enter("Finishing")) return;
  heldSnapshot_.reset();
  whenDone(parts_.snapshots.allocatedBytes(record_.info.id.value()), this, [this](const Result<qint64>& bytes) {
    record_.info.sizeBytes = bytes.value_or(0);
    writeRow();
  });
}

void TakeSnapshot::writeRow() {
  closeToCancel();
  record_.info.status = SnapshotStatus::Ready;
  record_.info.readyAt = std::chrono::floor<std::chrono::microseconds>(parts_.clock.now());
  await(parts_.namedSnapshots.keep(record_), [this](const SnapshotInfo&) { succeed(); });
}

void TakeSnapshot::answer(const std::optional<Error>& error) {
  heldSnapshot_.reset();
  if (error) return result_.resolve(failure(*error));
  result_.resolve(TakenSnapshot{record_.info, false});
}

}  // namespace terrarium
