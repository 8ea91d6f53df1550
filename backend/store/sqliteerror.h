// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// What SQLite says, for a person.
[[nodiscard]] Error sqliteError(const QSqlError& error);

/// Runs one statement without values.
[[nodiscard]] Result<void> execute(QSqlDatabase& database, const QString& statement);
/// Runs a prepared query.
[[nodiscard]] Result<void> execute(QSqlQuery& query);

}  // namespace terrarium
