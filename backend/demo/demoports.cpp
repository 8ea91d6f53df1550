// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoports.h"

#include "backend/demo/demoport.h"

namespace terrarium {

std::unique_ptr<PortConnection> DemoPorts::connectPort(const SandboxId& id, int port) {
  const auto entry = sandboxes_.requireActive(id);
  return std::make_unique<DemoPort>(id, events_, port, entry ? std::nullopt : std::optional<Error>(entry.error()));
}

QUrl DemoPorts::previewUrl(const SandboxId& /*id*/, int /*port*/) const { return {}; }

}  // namespace terrarium
