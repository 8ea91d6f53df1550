// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/store/migrations/migrations.h"
#include "backend/support/result.h"

namespace terrarium {

/// Opens a database file under a connection name and brings it up to date; makes it (readable by its owner alone) when there is
/// none. A damaged file is left as it is, with a copy beside it; a file of a newer version is not touched. In the calling thread.
[[nodiscard]] Result<void> openSqliteFile(const QString& connection, const QString& file);
void closeSqliteFile(const QString& connection);

/// Applies the migrations above the file's `user_version`, each in a transaction. A file that holds something is copied first, to
/// `<file>.before-<version>`.
[[nodiscard]] Result<void> migrate(const QString& connection, const QString& file,
                                   const std::vector<Migration>& steps = migrations());

}  // namespace terrarium
