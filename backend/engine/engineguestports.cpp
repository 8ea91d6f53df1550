// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/engineguestports.h"

#include "backend/api/failedportconnection.h"
#include "backend/engine/guardedportconnection.h"
#include "backend/engine/reachability.h"

namespace terrarium {

std::unique_ptr<PortConnection> EngineGuestPorts::connectPort(const SandboxId& id, int port) {
  if (const auto reachable = checkReachable(lifecycle_.find(id)); !reachable) {
    return std::make_unique<FailedPortConnection>(reachable.error());
  }
  const auto* running = machines_.find(id);
  if (!running) {
    return std::make_unique<FailedPortConnection>(
        Error{ErrorCode::Unavailable, "The sandbox is changing its state. Try again in a moment."});
  }
  return std::make_unique<GuardedPortConnection>(running->agent->connectPort(port), lifecycle_, id);
}

Result<QUrl> EngineGuestPorts::previewUrl(const SandboxId& /*id*/, int /*port*/) const {
  return failure(ErrorCode::Unavailable, "The address of previews is the server's, which a client knows.");
}

Pending<PreviewSettings> EngineGuestPorts::previews(const SandboxId& id) {
  const auto* record = lifecycle_.find(id);
  return settled<PreviewSettings>(record ? Result<PreviewSettings>(record->info.previews) : failure(noSuchSandbox()));
}

Pending<PublishedPort> EngineGuestPorts::changed(const SandboxId& id, PreviewPort port, const Change& change) {
  const Resolver<PublishedPort> resolver;
  const auto amended = lifecycle_.amend(id, [change](SandboxRecord& record) { return change(record.info.previews); });
  whenDone(amended, this, [resolver, port](const Result<SandboxInfo>& info) {
    if (!info) return resolver.resolve(failure(info.error()));
    const auto* published = info->previews.find(port.value());
    resolver.resolve(published ? Result<PublishedPort>(*published) : failure(notPublished(port)));
  });
  return resolver.pending();
}

Pending<PublishedPort> EngineGuestPorts::publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) {
  return changed(id, port, [port, access](PreviewSettings& settings) -> Result<void> {
    const auto published = settings.publish(port, access);
    return published ? Result<void>() : failure(published.error());
  });
}

Pending<void> EngineGuestPorts::unpublish(const SandboxId& id, PreviewPort port) {
  const Resolver<void> resolver;
  const auto amended = lifecycle_.amend(id, [port](SandboxRecord& record) {
    record.info.previews.unpublish(port);
    return Result<void>();
  });
  whenDone(amended, this,
           [resolver](const Result<SandboxInfo>& info) { resolver.resolve(info ? Result<void>() : failure(info.error())); });
  return resolver.pending();
}

Pending<PublishedPort> EngineGuestPorts::rotateToken(const SandboxId& id, PreviewPort port) {
  return changed(id, port, [port](PreviewSettings& settings) -> Result<void> {
    const auto rotated = settings.rotate(port);
    return rotated ? Result<void>() : failure(rotated.error());
  });
}

}  // namespace terrarium
