// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

#include "backend/api/directories.h"
#include "backend/support/result.h"

namespace terrarium {

/// Where a running engine listens, as its endpoint file says (`endpoint.json` in the runtime directory, mode 0600).
struct Endpoint {
  QUrl url;
  QString apiKey;
  qint64 processId = 0;
  QString version;
};

[[nodiscard]] QString endpointFile(const Directories& directories);

/// NotFound when there is no file or the process that wrote it has ended.
[[nodiscard]] Result<Endpoint> readEndpoint(const Directories& directories);

/// Replaces the file atomically.
[[nodiscard]] Result<void> writeEndpoint(const Directories& directories, const Endpoint& endpoint);

}  // namespace terrarium
