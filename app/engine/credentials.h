// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// The engine's own keys, made once per installation and kept in a file of mode 0600.
struct Credentials {
  QString apiKey;        ///< what clients send as X-API-Key
  QByteArray tokenSeed;  ///< 32 bytes; access tokens are derived from it

  /// Reads the file, or makes it. FileSystem when it can be neither read nor made; a damaged file is kept aside and replaced.
  [[nodiscard]] static Result<Credentials> loadOrCreate(const QString& file);
};

}  // namespace terrarium
