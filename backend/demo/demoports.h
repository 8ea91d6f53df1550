// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/ports.h"
#include "backend/demo/demosandboxes.h"

namespace terrarium {

/// The Ports facade of the demonstration.
class DemoPorts final : public Ports {
 public:
  DemoPorts(const Events& events, DemoSandboxes& sandboxes) : events_(events), sandboxes_(sandboxes) {}

  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(const SandboxId& id, int port) override;
  [[nodiscard]] Result<QUrl> previewUrl(const SandboxId& id, int port) const override;
  Pending<QUrl> previewLink(const SandboxId& id, int port) override;
  Pending<PreviewSettings> previews(const SandboxId& id) override;
  Pending<PublishedPort> publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) override;
  Pending<void> unpublish(const SandboxId& id, PreviewPort port) override;
  Pending<PublishedPort> rotateToken(const SandboxId& id, PreviewPort port) override;

 private:
  const Events& events_;
  DemoSandboxes& sandboxes_;
};

}  // namespace terrarium
