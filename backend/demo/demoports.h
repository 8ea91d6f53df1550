// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/ports.h"
#include "backend/demo/demosandboxes.h"

namespace terrarium {

/// The Ports facade of the demonstration.
class DemoPorts final : public Ports {
 public:
  DemoPorts(const Events& events, const DemoSandboxes& sandboxes) : events_(events), sandboxes_(sandboxes) {}

  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(const SandboxId& id, int port) override;
  [[nodiscard]] QUrl previewUrl(const SandboxId& id, int port) const override;

 private:
  const Events& events_;
  const DemoSandboxes& sandboxes_;
};

}  // namespace terrarium
