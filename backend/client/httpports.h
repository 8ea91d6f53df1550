// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/ports.h"
#include "backend/client/httpcalls.h"

namespace terrarium {

/// Ports of sandboxes as HTTP shows them: by preview address. Raw connections are the engine's alone. Owned by HttpFacade.
class HttpPorts final : public QObject, public Ports {
  Q_OBJECT
 public:
  explicit HttpPorts(HttpCalls& calls) : calls_(calls) {}

  /// Always fails, with a sentence that names the preview address.
  [[nodiscard]] std::unique_ptr<PortConnection> connectPort(const SandboxId& id, int port) override;
  [[nodiscard]] Result<QUrl> previewUrl(const SandboxId& id, int port) const override;
  Pending<QUrl> previewLink(const SandboxId& id, int port) override;
  Pending<PreviewSettings> previews(const SandboxId& id) override;
  Pending<PublishedPort> publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) override;
  Pending<void> unpublish(const SandboxId& id, PreviewPort port) override;
  Pending<PublishedPort> rotateToken(const SandboxId& id, PreviewPort port) override;

 private:
  Pending<PublishedPort> portAnswer(const HttpQuestion& question);

  HttpCalls& calls_;
};

}  // namespace terrarium
