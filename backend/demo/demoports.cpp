// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoports.h"

#include "backend/demo/demoport.h"

namespace terrarium {

namespace {
auto unknown() { return failure(ErrorCode::NotFound, "Sandbox not found"); }
}  // namespace

std::unique_ptr<PortConnection> DemoPorts::connectPort(const SandboxId& id, int port) {
  const auto entry = sandboxes_.requireActive(id);
  return std::make_unique<DemoPort>(id, events_, port, entry ? std::nullopt : std::optional<Error>(entry.error()));
}

Result<QUrl> DemoPorts::previewUrl(const SandboxId& /*id*/, int /*port*/) const {
  return failure(ErrorCode::Unavailable, "The demonstration has nothing to open.");
}

Pending<QUrl> DemoPorts::previewLink(const SandboxId& id, int port) { return settled<QUrl>(previewUrl(id, port)); }

Pending<PreviewSettings> DemoPorts::previews(const SandboxId& id) {
  const auto* settings = sandboxes_.previewsOf(id);
  return settled<PreviewSettings>(settings ? Result<PreviewSettings>(*settings) : unknown());
}

Pending<PublishedPort> DemoPorts::publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) {
  auto* settings = sandboxes_.previewsOf(id);
  return settled<PublishedPort>(settings ? settings->publish(port, access) : unknown());
}

Pending<void> DemoPorts::unpublish(const SandboxId& id, PreviewPort port) {
  auto* settings = sandboxes_.previewsOf(id);
  if (settings) settings->unpublish(port);
  return settled<void>(settings ? Result<void>() : unknown());
}

Pending<PublishedPort> DemoPorts::rotateToken(const SandboxId& id, PreviewPort port) {
  auto* settings = sandboxes_.previewsOf(id);
  return settled<PublishedPort>(settings ? settings->rotate(port) : unknown());
}

}  // namespace terrarium
