// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "backend/store/migrations/migrations.h"
#include "backend/store/sqlitedatabase.h"
#include "backend/store/sqliteerror.h"
#include "backend/store/sqlitefile.h"
#include "backend/store/sqlitesandboxstore.h"
#include "tests/support/answers.h"
#include "tests/support/builders.h"

namespace terrarium {

class SqliteDatabaseTest : public QObject {
  Q_OBJECT

 private slots:
  void makesAFileThatOnlyItsOwnerReads();
  void migrationsAreNumberedWithoutGaps();
  void aFreshFileIsOfTheNewestVersion();
  void copiesTheFileBeforeItMigrates();
  void aMigrationThatFailsChangesNothing();
  void refusesANewerVersionAndLeavesItAlone();
  void refusesADamagedFileAndKeepsACopy_data();
  void refusesADamagedFileAndKeepsACopy();
  void failsWithASentenceWhereItCannotWrite();
  void refusesARowThatCannotBeUnderstood();
  void aJobThatFailsLeavesNothing();
  void finishesItsJobsBeforeItGoes();
  void survivesBeingKilledWhileWriting();

 private:
  QString file() { return folder_.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QString::number(++number_)); }
  static QVariant pragma(SqliteDatabase& database, const QString& name) {
    const auto answer = answerOf(database.submit<QVariant>([name](QSqlDatabase& sql) -> Result<QVariant> {
      QSqlQuery query(sql);
      if (!query.exec(QStringLiteral("PRAGMA ") + name) || !query.next()) return failure(sqliteError(query.lastError()));
      return query.value(0);
    }));
    return answer && *answer ? **answer : QVariant();
  }
  static Result<void> run(SqliteDatabase& database, const QString& statement) {
    return *answerOf(database.submit<void>([statement](QSqlDatabase& sql) { return execute(sql, statement); }));
  }

  QTemporaryDir folder_;
  int number_ = 0;
};

void SqliteDatabaseTest::makesAFileThatOnlyItsOwnerReads() {
  const auto path = folder_.filePath(QStringLiteral("deep/down/db"));
  SqliteDatabase database(path);
  QVERIFY(succeeds(database.ready()));
  const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
  QCOMPARE(QFile::permissions(path) & others, QFile::Permissions());
  QVERIFY(run(database, QStringLiteral("CREATE TABLE x (y)")));
  QCOMPARE(QFile::permissions(path + QStringLiteral("-wal")) & others, QFile::Permissions());
  QCOMPARE(pragma(database, QStringLiteral("journal_mode")).toString(), QStringLiteral("wal"));
  QCOMPARE(pragma(database, QStringLiteral("foreign_keys")).toInt(), 1);
}

void SqliteDatabaseTest::migrationsAreNumberedWithoutGaps() {
  int expected = 1;
  for (const auto& migration : migrations()) QCOMPARE(migration.version, expected++);
}

void SqliteDatabaseTest::aFreshFileIsOfTheNewestVersion() {
  SqliteDatabase database(file());
  QCOMPARE(pragma(database, QStringLiteral("user_version")).toInt(), migrations().back().version);
}

void SqliteDatabaseTest::copiesTheFileBeforeItMigrates() {
  const auto path = file();
  {
    SqliteDatabase database(path);
    SqliteSandboxStore store(database);
    QVERIFY(succeeds(store.save(SandboxRecord{sandboxInfo()}, Durability::PowerCut)));
  }
  const auto connection = QStringLiteral("migrating");
  QVERIFY(openSqliteFile(connection, path));
  auto steps = migrations();
  const int version = steps.back().version + 1;
  steps.push_back({version, {"ALTER TABLE sandboxes ADD COLUMN later TEXT", "UPDATE sandboxes SET later='yes'"}});
  QVERIFY(migrate(connection, path, steps));
  closeSqliteFile(connection);

  SqliteDatabase database(path);
  QVERIFY(errorOf(database.ready()).message.find("newer") != std::string::npos);
  SqliteDatabase copy(path + QStringLiteral(".before-") + QString::number(version));
  const auto loaded = answerOf(SqliteSandboxStore(copy).load());
  QVERIFY(loaded && *loaded);
  QCOMPARE((*loaded)->size(), 1U);
}

void SqliteDatabaseTest::aMigrationThatFailsChangesNothing() {
  const auto path = file();
  const auto connection = QStringLiteral("failing");
  QVERIFY(openSqliteFile(connection, path));
  auto steps = migrations();
  steps.push_back({steps.back().version + 1, {"ALTER TABLE sandboxes ADD COLUMN later TEXT", "NONSENSE"}});
  QVERIFY(!migrate(connection, path, steps));
  closeSqliteFile(connection);
  SqliteDatabase database(path);
  SqliteSandboxStore store(database);
  QVERIFY(succeeds(store.save(SandboxRecord{sandboxInfo()}, Durability::PowerCut)));
  QVERIFY(!run(database, QStringLiteral("SELECT later FROM sandboxes")));
}

void SqliteDatabaseTest::refusesANewerVersionAndLeavesItAlone() {
  const auto path = file();
  {
    SqliteDatabase database(path);
    QVERIFY(run(database, QStringLiteral("PRAGMA user_version=4242")));
  }
  QFile before(path);
  QVERIFY(before.open(QIODevice::ReadOnly));
  const auto bytes = before.readAll();
  SqliteDatabase database(path);
  const auto error = errorOf(database.ready());
  QCOMPARE(error.code, ErrorCode::FileSystem);
  QVERIFY(error.message.find("newer Terrarium (its version is 4242") != std::string::npos);
  SqliteSandboxStore store(database);
  QCOMPARE(errorOf(store.load()).message, error.message);
  QFile after(path);
  QVERIFY(after.open(QIODevice::ReadOnly));
  QCOMPARE(after.readAll(), bytes);
}

void SqliteDatabaseTest::refusesADamagedFileAndKeepsACopy_data() {
  QTest::addColumn<int>("from");
  QTest::newRow("header") << 0;
  QTest::newRow("schema") << 110;
}

void SqliteDatabaseTest::refusesADamagedFileAndKeepsACopy() {
  QFETCH(int, from);
  const auto path = file();
  { SqliteDatabase database(path); }
  QFile damaged(path);
  QVERIFY(damaged.open(QIODevice::ReadWrite));
  QVERIFY(damaged.seek(from));
  damaged.write(QByteArray(2000, 'x'));
  damaged.close();
  SqliteDatabase database(path);
  const auto error = errorOf(database.ready());
  QCOMPARE(error.code, ErrorCode::FileSystem);
  QVERIFY2(error.message.find("damaged") != std::string::npos, error.message.c_str());
  QVERIFY(QFile::exists(path));
  QCOMPARE(QFileInfo(path + QStringLiteral(".damaged")).size(), QFileInfo(path).size());
}

void SqliteDatabaseTest::failsWithASentenceWhereItCannotWrite() {
  SqliteDatabase database(QStringLiteral("/proc/nowhere/db"));
  const auto error = errorOf(database.ready());
  QCOMPARE(error.code, ErrorCode::FileSystem);
  QVERIFY(error.message.find("permissions") != std::string::npos);
}

void SqliteDatabaseTest::refusesARowThatCannotBeUnderstood() {
  SqliteDatabase database(file());
  SqliteSandboxStore store(database);
  QVERIFY(succeeds(store.save(SandboxRecord{sandboxInfo()}, Durability::PowerCut)));
  QVERIFY(run(database, QStringLiteral("UPDATE sandboxes SET metadata='{\"superserve.x\":\"1\"}'")));
  const auto error = errorOf(store.load());
  QCOMPARE(error.code, ErrorCode::FileSystem);
  QVERIFY(error.message.find(sandboxInfo().id.value()) != std::string::npos);
}

void SqliteDatabaseTest::aJobThatFailsLeavesNothing() {
  SqliteDatabase database(file());
  SqliteSandboxStore store(database);
  QVERIFY(succeeds(store.save(SandboxRecord{sandboxInfo()}, Durability::PowerCut)));
  const auto failed = database.write(Durability::PowerCut, [](QSqlDatabase& sql) {
    (void)execute(sql, QStringLiteral("DELETE FROM sandboxes"));
    return execute(sql, QStringLiteral("DELETE FROM nothing"));
  });
  QCOMPARE(errorOf(failed).code, ErrorCode::Internal);
  const auto loaded = answerOf(store.load());
  QVERIFY(loaded && *loaded);
  QCOMPARE((*loaded)->size(), 1U);
}

void SqliteDatabaseTest::finishesItsJobsBeforeItGoes() {
  const auto path = file();
  {
    SqliteDatabase database(path);
    SqliteSandboxStore store(database);
    for (int i = 1; i <= 100; ++i) (void)store.save(SandboxRecord{sandboxInfo(SandboxState::Active, i)}, Durability::ProcessCrash);
  }
  SqliteDatabase database(path);
  const auto loaded = answerOf(SqliteSandboxStore(database).load());
  QVERIFY(loaded && *loaded);
  QCOMPARE((*loaded)->size(), 100U);
}

void SqliteDatabaseTest::survivesBeingKilledWhileWriting() {
  const auto path = file();
  for (int round = 0; round < 5; ++round) {
    QProcess writer;
    writer.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--write-until-killed"), path});
    QTRY_VERIFY_WITH_TIMEOUT(writer.bytesAvailable() > 20 * (round + 1), 20'000);
    const auto promised = writer.readAllStandardOutput().count('\n');
    writer.kill();
    QTRY_COMPARE(writer.state(), QProcess::NotRunning);
    SqliteDatabase database(path);
    QVERIFY(succeeds(database.ready()));
    const auto loaded = answerOf(SqliteSandboxStore(database).load());
    QVERIFY(loaded && *loaded);
    QVERIFY((*loaded)->size() >= static_cast<std::size_t>(promised));
  }
}

/// Saves sandbox after sandbox and prints a line for each that was promised to be stored.
int writeUntilKilled(const QString& path) {
  SqliteDatabase database(path);
  SqliteSandboxStore store(database);
  for (;;) {
    auto info = sandboxInfo();
    info.id = SandboxId::random();
    if (!succeeds(store.save(SandboxRecord{info}, Durability::ProcessCrash))) return 1;
    fputs("1\n", stdout);
    fflush(stdout);
  }
}

}  // namespace terrarium

int main(int argc, char* argv[]) {
  QCoreApplication application(argc, argv);
  const auto arguments = QCoreApplication::arguments();
  if (arguments.value(1) == QLatin1String("--write-until-killed")) return terrarium::writeUntilKilled(arguments.value(2));
  terrarium::SqliteDatabaseTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "sqlitedatabasetest.moc"
