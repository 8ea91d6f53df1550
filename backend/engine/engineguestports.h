// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include "backend/api/ports.h"
#include "backend/engine/lifecycle.h"
#include "backend/engine/runningmachines.h"

namespace terrarium {

/// The Ports facade: what listens in active sandboxes, through their agents. Engine thread.
class EngineGuestPorts final : public QObject, public Ports {
  Q_OBJECT
 public:
  EngineGuestPorts(Lifecycle& lifecycle, const RunningMachines& machines) : lifecycle_(lifecycle), machines_(machines) {}

  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(const SandboxId& id, int port) override;
  /// Always fails: the engine does not know the server's address.
  [[nodiscard]] Result<QUrl> previewUrl(const SandboxId& id, int port) const override;
  Pending<QUrl> previewLink(const SandboxId& id, int port) override { return settled<QUrl>(previewUrl(id, port)); }
  Pending<PreviewSettings> previews(const SandboxId& id) override;
  Pending<PublishedPort> publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) override;
  Pending<void> unpublish(const SandboxId& id, PreviewPort port) override;
  Pending<PublishedPort> rotateToken(const SandboxId& id, PreviewPort port) override;

 private:
  using Change = std::function<Result<void>(PreviewSettings&)>;
  /// What became of `port`; with nothing published there: NotFound.
  Pending<PublishedPort> changed(const SandboxId& id, PreviewPort port, const Change& change);

  Lifecycle& lifecycle_;
  const RunningMachines& machines_;
};

}  // namespace terrarium
