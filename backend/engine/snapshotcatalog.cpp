// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/snapshotcatalog.h"

#include <algorithm>

namespace terrarium {

Pending<void> SnapshotCatalog::load() {
  Resolver<void> done;
  whenDone(store_.load(), this, [this, done](const Result<std::vector<SnapshotRecord>>& records) {
    if (!records) return done.resolve(failure(records.error()));
    for (const auto& record : *records) records_.insert_or_assign(record.info.id, record);
    done.resolve({});
  });
  return done.pending();
}

std::vector<SnapshotInfo> SnapshotCatalog::all() const {
  std::vector<SnapshotInfo> infos;
  for (const auto& [id, record] : records_) infos.push_back(record.info);
  std::sort(infos.begin(), infos.end(), [](const auto& a, const auto& b) { return a.createdAt > b.createdAt; });
  return infos;
}

const SnapshotRecord* SnapshotCatalog::find(const SnapshotId& id) const {
  const auto found = records_.find(id);
  return found == records_.end() ? nullptr : &found->second;
}

const SnapshotRecord* SnapshotCatalog::findByKey(const SandboxId& sandbox, const std::string& idempotencyKey) const {
  const auto found = std::find_if(records_.begin(), records_.end(), [&](const auto& entry) {
    return entry.second.info.sandboxId == sandbox && entry.second.idempotencyKey == idempotencyKey;
  });
  return found == records_.end() ? nullptr : &found->second;
}

std::vector<std::string> SnapshotCatalog::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, record] : records_) ids.push_back(id.value());
  return ids;
}

void SnapshotCatalog::begin(const SnapshotRecord& record) { records_.insert_or_assign(record.info.id, record); }

Pending<SnapshotInfo> SnapshotCatalog::keep(const SnapshotRecord& record) {
  Resolver<SnapshotInfo> done;
  whenDone(store_.save(record), this, [this, record, done](const Result<void>& saved) {
    if (!saved) return done.resolve(failure(saved.error()));
    records_.insert_or_assign(record.info.id, record);
    done.resolve(record.info);
  });
  return done.pending();
}

Pending<void> SnapshotCatalog::erase(const SnapshotId& id) {
  Resolver<void> done;
  whenDone(store_.erase(id), this, [this, id, done](const Result<void>& erased) {
    if (erased) records_.erase(id);
    done.resolve(erased);
  });
  return done.pending();
}

}  // namespace terrarium
