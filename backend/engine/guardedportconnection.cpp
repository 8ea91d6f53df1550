// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/guardedportconnection.h"

#include <utility>

#include "backend/engine/reachability.h"

namespace terrarium {

GuardedPortConnection::GuardedPortConnection(std::unique_ptr<PortConnection> inner, const Lifecycle& lifecycle, const SandboxId& id)
    : inner_(std::move(inner)) {
  connect(inner_.get(), &PortConnection::opened, this, &PortConnection::opened);
  connect(inner_.get(), &PortConnection::received, this, &PortConnection::received);
  connect(inner_.get(), &PortConnection::drained, this, &PortConnection::drained);
  connect(inner_.get(), &PortConnection::ended, this, &PortConnection::ended);
  connect(inner_.get(), &PortConnection::closed, this, [this] {
    if (!std::exchange(over_, true)) emit closed();
  });
  connect(inner_.get(), &PortConnection::failed, this, [this, &lifecycle, id](const Error& error) {
    // When the machine goes away, what broke is not the connection but the sandbox's being active.
    const auto reachable = checkReachable(lifecycle.find(id));
    end(reachable ? error : reachable.error());
  });
  connect(&lifecycle, &Lifecycle::changed, this, [this, &lifecycle, id](const SandboxInfo& info) {
    if (info.id != id || info.state == SandboxState::Active || info.state == SandboxState::Pausing) return;
    end(checkReachable(lifecycle.find(id)).error());
  });
  connect(&lifecycle, &Lifecycle::removed, this, [this, id](const SandboxId& gone) {
    if (gone == id) end(noSuchSandbox());
  });
}

void GuardedPortConnection::write(const QByteArray& bytes) {
  if (!over_) inner_->write(bytes);
}

void GuardedPortConnection::closeWrite() {
  if (!over_) inner_->closeWrite();
}

void GuardedPortConnection::consumed(qint64 bytes) {
  if (!over_) inner_->consumed(bytes);
}

void GuardedPortConnection::end(const Error& error) {
  if (!std::exchange(over_, true)) emit failed(error);
}

}  // namespace terrarium
