// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include "backend/engine/ports/activitystore.h"
#include "backend/engine/ports/sandboxstore.h"
#include "backend/engine/ports/snapshotstore.h"
#include "backend/engine/ports/templatestore.h"
#include "tests/support/callscript.h"

namespace terrarium {

/// Rows in memory. Calls: "store.load", ".save", ".erase".
class FakeSandboxStore : public SandboxStore {
 public:
  explicit FakeSandboxStore(CallScript& script) : script_(script) {}
  Pending<std::vector<SandboxRecord>> load() override;
  Pending<void> save(const SandboxRecord& record, Durability durability) override;
  Pending<void> erase(const SandboxId& id) override;

  std::map<SandboxId, SandboxRecord> rows;

 private:
  CallScript& script_;
};

/// Rows in memory. Calls: "templateStore.load", ".save", ".erase".
class FakeTemplateStore : public TemplateStore {
 public:
  explicit FakeTemplateStore(CallScript& script) : script_(script) {}
  Pending<std::vector<TemplateRecord>> load() override;
  Pending<void> save(const TemplateRecord& record) override;
  Pending<void> erase(const std::string& id) override;

  std::map<std::string, TemplateRecord> rows;

 private:
  CallScript& script_;
};

/// Rows in memory. Calls: "snapshotStore.load", ".save", ".erase".
class FakeSnapshotStore : public SnapshotStore {
 public:
  explicit FakeSnapshotStore(CallScript& script) : script_(script) {}
  Pending<std::vector<SnapshotRecord>> load() override;
  Pending<void> save(const SnapshotRecord& record) override;
  Pending<void> erase(const SnapshotId& id) override;

  std::map<SnapshotId, SnapshotRecord> rows;

 private:
  CallScript& script_;
};

/// Entries in memory.
class FakeActivityStore : public ActivityStore {
 public:
  Pending<void> append(const std::vector<ActivityEntry>& entries, int keep) override;
  Pending<ActivityPage> find(const ActivityQuery& query) override;

  std::vector<ActivityEntry> entries;
  int kept = 0;  ///< what the last append() asked for
};

}  // namespace terrarium
