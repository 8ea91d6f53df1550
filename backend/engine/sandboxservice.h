// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include "backend/api/sandboxes.h"
#include "backend/engine/engineparts.h"
#include "backend/engine/operations/createsandbox.h"
#include "backend/engine/operations/operationrunner.h"
#include "backend/engine/operations/pausesandbox.h"

namespace terrarium {

/// The Sandboxes facade: judges whether something may be asked for now and starts the operation that does it. Engine thread.
class SandboxService : public QObject, public Sandboxes {
  Q_OBJECT
 public:
  SandboxService(EngineParts& parts, OperationRunner& runner, CreateSandbox::BuildTemplate buildTemplate);

  Pending<SandboxInfo> create(const SandboxSpec& spec, const OperationId& operation) override;
  Pending<void> cancel(const OperationId& operation) override;
  Pending<SandboxPage> list(const SandboxQuery& query) override;
  Pending<SandboxInfo> get(const SandboxId& id) override;
  Pending<void> update(const SandboxId& id, const SandboxPatch& patch) override;
  Pending<void> pause(const SandboxId& id) override;
  Pending<SandboxInfo> resume(const SandboxId& id) override;
  Pending<SandboxInfo> activate(const SandboxId& id) override;
  Pending<void> remove(const SandboxId& id) override;
  Pending<std::vector<SandboxInfo>> fork(const SandboxId& id, const ForkSpec& spec, const OperationId& operation) override;

  /// Deletes it whatever its state; what it is doing is cancelled or waited for first. May be called again and again.
  void expire(const SandboxId& id);
  /// For the engine's stop: whatever begins something new is refused from now on.
  void close() { closed_ = true; }
  Pending<void> pauseForStop(const SandboxId& id);
  /// Pauses all that run, before a disk without room ends them.
  void pauseForSpace();

 private:
  [[nodiscard]] Result<SandboxInfo> known(const SandboxId& id) const;
  [[nodiscard]] Result<SandboxInfo> allowed(const SandboxId& id, SandboxEvent event) const;
  /// Those that are stored now, to the gateway of a machine that runs.
  Pending<void> applyRules(const SandboxId& id);
  Pending<void> pauseUnasked(const SandboxId& id, PauseSandbox::Why why);
  void lose(const SandboxId& id, const std::string& reason);

  EngineParts& parts_;
  OperationRunner& runner_;
  CreateSandbox::BuildTemplate buildTemplate_;
  bool closed_ = false;
};

}  // namespace terrarium
