// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/sqlitedatabase.h"

#include <atomic>
#include <utility>

#include "backend/store/sqliteerror.h"
#include "backend/store/sqlitefile.h"

namespace terrarium {

namespace {

QString nextConnection() {
  static std::atomic<int> number = 0;
  return QStringLiteral("terrarium-") + QString::number(++number);
}

Result<void> inTransaction(QSqlDatabase& database, Durability durability, const std::function<Result<void>(QSqlDatabase&)>& job) {
  const auto mode = durability == Durability::PowerCut ? QStringLiteral("FULL") : QStringLiteral("NORMAL");
  if (const auto set = execute(database, QStringLiteral("PRAGMA synchronous=") + mode); !set) return set;
  if (const auto begun = execute(database, QStringLiteral("BEGIN IMMEDIATE")); !begun) return begun;
  auto done = job(database);
  if (done) done = execute(database, QStringLiteral("COMMIT"));
  if (!done) (void)execute(database, QStringLiteral("ROLLBACK"));
  return done;
}

}  // namespace

SqliteDatabase::SqliteDatabase(const QString& file)
    : connection_(nextConnection()), reserve_(file + QStringLiteral(".reserve")), worker_(std::make_unique<QObject>()) {
  worker_->moveToThread(&thread_);
  thread_.setObjectName(QStringLiteral("store"));
  thread_.start();
  enqueue([this, file] {
    open(file);
    ready_.resolve(opened_);
  });
}

void SqliteDatabase::open(const QString& file) {
  opened_ = openSqliteFile(connection_, file);
  if (!opened_ && reserve_.giveUp()) {
    closeSqliteFile(connection_);
    opened_ = openSqliteFile(connection_, file);
  }
  if (opened_) reserve_.refill();
}

SqliteDatabase::~SqliteDatabase() {
  enqueue([this] {
    closeSqliteFile(connection_);
    thread_.quit();
  });
  thread_.wait();
}

Pending<void> SqliteDatabase::write(Durability durability, std::function<Result<void>(QSqlDatabase&)> job) {
  return submit<void>([this, durability, job = std::move(job)](QSqlDatabase& database) {
    auto done = inTransaction(database, durability, job);
    if (!done && reserve_.giveUp()) return inTransaction(database, durability, job);
    reserve_.refill();
    return done;
  });
}

void SqliteDatabase::enqueue(std::function<void()> job) {
  QMetaObject::invokeMethod(worker_.get(), std::move(job), Qt::QueuedConnection);
}

}  // namespace terrarium
