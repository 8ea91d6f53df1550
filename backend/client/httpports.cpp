// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpports.h"

#include "backend/api/failedportconnection.h"

namespace terrarium {

std::unique_ptr<PortConnection> HttpPorts::connectPort(const SandboxId& id, int port) {
  const auto address = previewUrl(id, port).toString().toStdString();
  return std::make_unique<FailedPortConnection>(
      Error{ErrorCode::NotFound, "Raw connections into a sandbox are not part of the API. " +
                                     (address.empty() ? "Ask the engine on its own machine." : "Use " + address + " instead.")});
}

QUrl HttpPorts::previewUrl(const SandboxId& id, int port) const { return calls_.address().preview(id, port); }

}  // namespace terrarium
