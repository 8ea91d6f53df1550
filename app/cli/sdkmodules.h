// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// Where the modules of resources/sdk lie that keep an unmodified SDK on the engine.
struct SdkModules {
  QString nodePreload;   ///< file for `node --require`
  QString pythonFolder;  ///< for PYTHONPATH
};

/// Writes the modules, which this program carries, below `folder` for this user alone; leaves those alone that are right already.
[[nodiscard]] Result<SdkModules> writeSdkModules(const QString& folder);

}  // namespace terrarium
