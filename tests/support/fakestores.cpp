// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/fakestores.h"

namespace terrarium {

Pending<std::vector<SandboxRecord>> FakeSandboxStore::load() {
  return script_.answer<std::vector<SandboxRecord>>("store.load", [this] {
    std::vector<SandboxRecord> records;
    for (const auto& [id, record] : rows) records.push_back(record);
    return Result<std::vector<SandboxRecord>>(records);
  });
}

Pending<void> FakeSandboxStore::save(const SandboxRecord& record, Durability) {
  return script_.answer("store.save", [this, record] { rows.insert_or_assign(record.info.id, record); });
}

Pending<void> FakeSandboxStore::erase(const SandboxId& id) {
  return script_.answer("store.erase", [this, id] { rows.erase(id); });
}

Pending<std::vector<TemplateRecord>> FakeTemplateStore::load() {
  return script_.answer<std::vector<TemplateRecord>>("templateStore.load", [this] {
    std::vector<TemplateRecord> records;
    for (const auto& [id, record] : rows) records.push_back(record);
    return Result<std::vector<TemplateRecord>>(records);
  });
}

Pending<void> FakeTemplateStore::save(const TemplateRecord& record) {
  return script_.answer("templateStore.save", [this, record] { rows.insert_or_assign(record.info.id, record); });
}

Pending<void> FakeTemplateStore::erase(const std::string& id) {
  return script_.answer("templateStore.erase", [this, id] { rows.erase(id); });
}

Pending<std::vector<SnapshotRecord>> FakeSnapshotStore::load() {
  return script_.answer<std::vector<SnapshotRecord>>("snapshotStore.load", [this] {
    std::vector<SnapshotRecord> records;
    for (const auto& [id, record] : rows) records.push_back(record);
    return Result<std::vector<SnapshotRecord>>(records);
  });
}

Pending<void> FakeSnapshotStore::save(const SnapshotRecord& record) {
  return script_.answer("snapshotStore.save", [this, record] { rows.insert_or_assign(record.info.id, record); });
}

Pending<void> FakeSnapshotStore::erase(const SnapshotId& id) {
  return script_.answer("snapshotStore.erase", [this, id] { rows.erase(id); });
}
Pending<void> FakeActivityStore::append(const std::vector<ActivityEntry>& added, int keep) {
  entries.insert(entries.end(), added.begin(), added.end());
  kept = keep;
  return settled<void>({});
}

Pending<ActivityPage> FakeActivityStore::find(const ActivityQuery& query) { return settled<ActivityPage>(select(entries, query)); }

}  // namespace terrarium
