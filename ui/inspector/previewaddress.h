// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QUrl>

#include "backend/domain/sandboxid.h"
#include "backend/support/result.h"
#include "ui/connections/engineconnection.h"

namespace terrarium {

/// Where a browser on this machine sees what listens on a port of a sandbox. The error says in a sentence why it cannot. Pure.
[[nodiscard]] Result<QUrl> previewAddress(const EngineConnection& connection, const SandboxId& id, int port);

}  // namespace terrarium
