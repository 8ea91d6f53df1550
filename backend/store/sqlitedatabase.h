// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSqlDatabase>
#include <QString>
#include <QThread>
#include <functional>
#include <memory>
#include <optional>

#include "backend/engine/ports/sandboxstore.h"
#include "backend/store/spacereserve.h"

namespace terrarium {

/// One SQLite file and the one thread that touches it. Jobs run in the order in which they were given; destruction waits until all
/// of them are done, so that nothing promised is lost.
class SqliteDatabase {
 public:
  /// Opens and migrates as the first job. When that fails, every job fails with the reason.
  explicit SqliteDatabase(const QString& file);
  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  /// Resolves when the file is open and up to date. Errors: FileSystem (damaged, or of a newer version; the file stays as it is),
  /// StorageFull.
  [[nodiscard]] Pending<void> ready() const { return ready_.pending(); }

  template <class T>
  [[nodiscard]] Pending<T> submit(std::function<Result<T>(QSqlDatabase&)> job) {
    Resolver<T> resolver;
    enqueue([this, resolver, job = std::move(job)] {
      if (!opened_) return resolver.resolve(failure(opened_.error()));
      auto database = QSqlDatabase::database(connection_, false);
      resolver.resolve(job(database));
    });
    return resolver.pending();
  }
  /// A job that writes, in one transaction.
  [[nodiscard]] Pending<void> write(Durability durability, std::function<Result<void>(QSqlDatabase&)> job);

 private:
  void enqueue(std::function<void()> job);
  void open(const QString& file);

  QString connection_;
  SpaceReserve reserve_;  ///< of the thread alone
  QThread thread_;
  std::unique_ptr<QObject> worker_;  ///< lives in the thread; jobs are queued to it
  Resolver<void> ready_;
  Result<void> opened_;  ///< of the thread alone
};

}  // namespace terrarium
