// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqlitefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "backend/store/sqliteerror.h"

namespace terrarium {

namespace {

Result<void> makeFile(const QString& file) {
  if (!QDir().mkpath(QFileInfo(file).path())) {
    return failure(ErrorCode::FileSystem, "The folder of the database cannot be made: " + QFileInfo(file).path().toStdString() +
                                              ". Check its permissions.");
  }
  if (QFile::exists(file)) return {};
  QFile fresh(file);
  // Environment values are kept in it.
  if (!fresh.open(QIODevice::WriteOnly) || !fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner)) {
    return failure(ErrorCode::FileSystem,
                   "The database cannot be made: " + file.toStdString() + ". Check the permissions of its folder.",
                   fresh.errorString().toStdString());
  }
  return {};
}

Result<void> prepare(QSqlDatabase& database) {
  for (const auto* statement : {"PRAGMA busy_timeout=5000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL",
                                "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF"}) {
    if (const auto done = execute(database, QLatin1String(statement)); !done) return done;
  }
  return {};
}

Result<QVariant> single(QSqlDatabase& database, const QString& statement) {
  QSqlQuery query(database);
  if (!query.exec(statement) || !query.next()) return failure(sqliteError(query.lastError()));
  return query.value(0);
}

Result<int> versionOf(QSqlDatabase& database) {
  const auto version = single(database, QStringLiteral("PRAGMA user_version"));
  if (!version) return failure(version.error());
  return version->toInt();
}

Result<void> refuseNewer(QSqlDatabase& database, const QString& file) {
  const auto found = versionOf(database);
  if (!found) return failure(found.error());
  const int newest = migrations().back().version;
  if (*found <= newest) return {};
  return failure(ErrorCode::FileSystem, "The database was written by a newer Terrarium (its version is " + std::to_string(*found) +
                                            ", this program knows up to " + std::to_string(newest) +
                                            "). Start the newer program again; the file was not touched: " + file.toStdString());
}

Result<void> checkWhole(QSqlDatabase& database) {
  const auto verdict = single(database, QStringLiteral("PRAGMA quick_check(1)"));
  if (!verdict) return failure(verdict.error());
  if (verdict->toString() == QLatin1String("ok")) return {};
  return failure(ErrorCode::FileSystem, "The database is damaged.", verdict->toString().toStdString());
}

/// Never a reason to begin with an empty one by itself: everything that it names would be swept as litter.
Error damaged(const QString& file, const Error& error) {
  const auto copy = file + QStringLiteral(".damaged");
  if (!QFile::exists(copy)) QFile::copy(file, copy);
  return {error.code,
          error.message + " It stays as it is in " + file.toStdString() + ", and a copy is in " + copy.toStdString() +
              ". Put a good copy in its place, or move it away to begin with nothing; the sandboxes' files are removed then.",
          error.detail,
          {}};
}

Result<void> apply(QSqlDatabase& database, const Migration& migration) {
  if (const auto begun = execute(database, QStringLiteral("BEGIN IMMEDIATE")); !begun) return begun;
  Result<void> done;
  for (const auto* statement : migration.statements) {
    if (done) done = execute(database, QLatin1String(statement));
  }
  if (done) done = execute(database, QStringLiteral("PRAGMA user_version=") + QString::number(migration.version));
  if (done) done = execute(database, QStringLiteral("COMMIT"));
  if (!done) (void)execute(database, QStringLiteral("ROLLBACK"));
  return done;
}

Result<void> copyBefore(QSqlDatabase& database, const QString& file, int version) {
  const auto copy = file + QStringLiteral(".before-") + QString::number(version);
  QFile::remove(copy);
  QSqlQuery query(database);
  query.prepare(QStringLiteral("VACUUM INTO ?"));
  query.addBindValue(copy);
  if (const auto done = execute(query); !done) return done;
  QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
  return {};
}

}  // namespace

Result<void> openSqliteFile(const QString& connection, const QString& file) {
  if (const auto made = makeFile(file); !made) return made;
  auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
  database.setDatabaseName(file);
  if (!database.open()) return failure(sqliteError(database.lastError()));
  auto good = refuseNewer(database, file);
  if (good) good = prepare(database);
  if (good) good = checkWhole(database);
  if (!good)
    return good.error().message == "The database is damaged." ? failure(damaged(file, good.error())) : failure(good.error());
  return migrate(connection, file);
}

void closeSqliteFile(const QString& connection) {
  QSqlDatabase::database(connection, false).close();
  QSqlDatabase::removeDatabase(connection);
}

Result<void> migrate(const QString& connection, const QString& file, const std::vector<Migration>& steps) {
  auto database = QSqlDatabase::database(connection, false);
  const auto found = versionOf(database);
  if (!found) return failure(found.error());
  const int newest = steps.back().version;
  if (*found > 0 && *found < newest) {
    if (const auto copied = copyBefore(database, file, newest); !copied) return copied;
  }
  for (const auto& migration : steps) {
    if (migration.version <= *found) continue;
    if (const auto applied = apply(database, migration); !applied) return applied;
  }
  return {};
}

}  // namespace terrarium
