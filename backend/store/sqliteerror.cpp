// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqliteerror.h"

namespace terrarium {

namespace {

// Primary result codes, https://www.sqlite.org/rescode.html
constexpr int kBusy = 5;
constexpr int kReadOnly = 8;
constexpr int kInputOutput = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;
constexpr int kNotADatabase = 26;

}  // namespace

Error sqliteError(const QSqlError& error) {
  const auto detail = error.text().toStdString();
  switch (error.nativeErrorCode().toInt() & 0xff) {
    case kBusy:
      return {ErrorCode::Unavailable, "The database is held by another program. End that and try again.", detail, {}};
    case kFull:
      return {ErrorCode::StorageFull, "There is no space left for the database. Make room and try again.", detail, {}};
    case kReadOnly:
    case kCannotOpen:
      return {ErrorCode::FileSystem, "The database cannot be written. Check the permissions of its folder.", detail, {}};
    case kInputOutput:
      return {ErrorCode::FileSystem, "Reading or writing the database failed. Check the disk.", detail, {}};
    case kCorrupt:
    case kNotADatabase:
      return {ErrorCode::FileSystem, "The database is damaged.", detail, {}};
    default:
      return {ErrorCode::Internal, "The database refused a statement: " + detail, detail, {}};
  }
}

Result<void> execute(QSqlDatabase& database, const QString& statement) {
  QSqlQuery query(database);
  if (!query.exec(statement)) return failure(sqliteError(query.lastError()));
  return {};
}

Result<void> execute(QSqlQuery& query) {
  if (!query.exec()) return failure(sqliteError(query.lastError()));
  return {};
}

}  // namespace terrarium
