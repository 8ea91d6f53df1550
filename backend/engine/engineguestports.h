// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/ports.h"
#include "backend/engine/lifecycle.h"
#include "backend/engine/runningmachines.h"

namespace terrarium {

/// The Ports facade: what listens in active sandboxes, through their agents. Engine thread.
class EngineGuestPorts final : public Ports {
 public:
  EngineGuestPorts(const Lifecycle& lifecycle, const RunningMachines& machines) : lifecycle_(lifecycle), machines_(machines) {}

  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(const SandboxId& id, int port) override;
  /// None: the engine does not know the server's address.
  [[nodiscard]] QUrl previewUrl(const SandboxId& /*id*/, int /*port*/) const override { return {}; }

 private:
  const Lifecycle& lifecycle_;
  const RunningMachines& machines_;
};

}  // namespace terrarium
