// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "backend/api/events.h"
#include "backend/api/sandboxes.h"
#include "backend/demo/demoactivity.h"
#include "backend/demo/demooperation.h"
#include "backend/demo/demooptions.h"
#include "backend/demo/demotemplates.h"
#include "backend/domain/snapshotinfo.h"

namespace terrarium {

/// The sandboxes of the demonstration engine: states move by timers along domain/sandboxstate, deadlines hold, nothing runs.
class DemoSandboxes final : public QObject, public Sandboxes {
  Q_OBJECT
 public:
  struct Entry {
    SandboxInfo info;
    std::map<std::string, std::string> env = {};
    std::size_t order = 0;  ///< of creation, for those made in the same instant
  };

  DemoSandboxes(const DemoOptions& options, const Clock& clock, Events& events, DemoTemplates& templates, DemoActivity& activity);

  Pending<SandboxInfo> create(const SandboxSpec& spec, const OperationId& operation = {}) override;
  Pending<void> cancel(const OperationId& operation) override;
  Pending<SandboxPage> list(const SandboxQuery& query) override;
  Pending<SandboxInfo> get(const SandboxId& id) override;
  Pending<void> update(const SandboxId& id, const SandboxPatch& patch) override;
  Pending<void> pause(const SandboxId& id) override;
  Pending<SandboxInfo> resume(const SandboxId& id) override;
  Pending<SandboxInfo> activate(const SandboxId& id) override;
  Pending<void> remove(const SandboxId& id) override;
  Pending<std::vector<SandboxInfo>> fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation = {}) override;

  /// The sandbox when commands can be run in it: NotFound, NotRunning, Unavailable while in a transition.
  [[nodiscard]] Result<const Entry*> requireActive(const SandboxId& id) const;
  [[nodiscard]] std::vector<const Entry*> activeOnes() const;
  [[nodiscard]] std::optional<SandboxInfo> find(const SandboxId& id) const;
  /// Named snapshots, from which sandboxes are created.
  [[nodiscard]] std::map<SnapshotId, SnapshotInfo>& snapshots() { return snapshots_; }
  [[nodiscard]] PreviewSettings* previewsOf(const SandboxId& id);
  /// Puts one there without further ado. A resuming one becomes active after a while.
  void adopt(Entry entry);

 private:
  struct Running {
    std::unique_ptr<DemoOperation> operation;
    std::function<void(const std::optional<Error>&)> settle;
    bool cancellable = false;
  };
  using Settle = std::function<void(const std::optional<Error>&)>;

  [[nodiscard]] Result<SandboxInfo> source(const SandboxSpec& spec) const;
  [[nodiscard]] Result<SandboxInfo> snapshotSource(const SandboxSpec& spec) const;
  void run(Entry& entry, OperationKind kind, OperationId operation, std::vector<DemoStage> stages, SandboxEvent success,
           Settle settle, int slowness = 1);
  void finish(const SandboxId& id, SandboxEvent success);
  void startResume(Entry& entry, Settle settle, int slowness = 1);
  void startRemove(Entry& entry, Settle settle);
  /// Ends what runs on it, if anything, with that error.
  void abandon(const SandboxId& id, const Error& error);
  void apply(Entry& entry, SandboxEvent event);
  void forget(const SandboxId& id);
  void waitUntilSettled(const SandboxId& id, int patience, const Resolver<SandboxInfo>& resolver);
  void removeExpired();

  DemoOptions options_;
  const Clock& clock_;
  Events& events_;
  DemoTemplates& templates_;
  DemoActivity& activity_;
  std::map<SandboxId, Entry> entries_;
  std::map<SandboxId, Running> running_;
  std::map<SnapshotId, SnapshotInfo> snapshots_;
  std::size_t created_ = 0;
  QTimer expiry_;
};

}  // namespace terrarium
