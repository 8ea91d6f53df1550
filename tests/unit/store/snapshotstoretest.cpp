// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include "backend/store/sqlitesnapshotstore.h"
#include "tests/support/answers.h"

using namespace terrarium;

class SnapshotStoreTest : public QObject {
  Q_OBJECT

 private slots:
  void rowsComeBackAsTheyWere() {
    QTemporaryDir home;
    const auto file = home.filePath(QStringLiteral("db.sqlite"));
    SnapshotRecord record{
        {SnapshotId::random(), SandboxId::random(), *SnapshotName::parse("before 'the' upgrade"), SnapshotStatus::Ready}};
    record.info.sandboxName = "web";
    record.info.templateId = randomUuid();
    record.info.templateName = "superserve/base";
    record.info.size = *MachineSize::parse(2, 512, 2048);
    record.info.sizeBytes = 5'000'000'000;
    record.info.createdAt = WallTime(std::chrono::microseconds(1'800'000'000'123'456));
    record.info.readyAt = record.info.createdAt + std::chrono::seconds(1);
    record.idempotencyKey = "key";
    record.defaults = {{{"A", "1"}}, "user", "/srv"};
    {
      SqliteDatabase database(file);
      SqliteSnapshotStore store(database);
      QVERIFY(succeeds(store.save(record)));
      auto renamed = record;
      renamed.info.name = *SnapshotName::parse("other");
      QVERIFY(succeeds(store.save(renamed)));
      QVERIFY(succeeds(store.save(record)));
    }
    SqliteDatabase database(file);
    SqliteSnapshotStore store(database);
    const auto rows = answerOf(store.load());
    QVERIFY(rows && *rows);
    QCOMPARE((*rows)->size(), 1U);
    const auto& back = (*rows)->front();
    QCOMPARE(back.info, record.info);
    QCOMPARE(back.idempotencyKey, record.idempotencyKey);
    QCOMPARE(back.defaults, record.defaults);
    QVERIFY(succeeds(store.erase(record.info.id)));
    QVERIFY((*answerOf(store.load()))->empty());
  }

  void aRowThatCannotBeUnderstoodStopsTheStart() {
    QTemporaryDir home;
    SqliteDatabase database(home.filePath(QStringLiteral("db.sqlite")));
    SqliteSnapshotStore store(database);
    QVERIFY(succeeds(database.write(Durability::ProcessCrash, [](QSqlDatabase& sql) -> Result<void> {
      QSqlQuery query(sql);
      if (!query.exec(QStringLiteral("INSERT INTO snapshots VALUES ('x','y','','n','','',1,1024,4096,0,0,0,'','{}')"))) {
        return failure(ErrorCode::Internal, "not inserted");
      }
      return {};
    })));
    const auto rows = answerOf(store.load());
    QVERIFY(rows && !*rows);
  }
};

QTEST_GUILESS_MAIN(SnapshotStoreTest)
#include "snapshotstoretest.moc"
