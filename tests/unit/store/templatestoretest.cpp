// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "backend/store/sqlitetemplatestore.h"
#include "tests/support/answers.h"
#include "tests/support/builders.h"
#include "tests/support/fakestores.h"

namespace terrarium {

/// The TemplateStore contract, on the double and on SQLite alike.
class TemplateStoreTest : public QObject {
  Q_OBJECT

 private slots:
  void givesBackWhatWasSaved_data();
  void givesBackWhatWasSaved();
};

void TemplateStoreTest::givesBackWhatWasSaved_data() {
  QTest::addColumn<bool>("real");
  QTest::newRow("double") << false;
  QTest::newRow("sqlite") << true;
}

void TemplateStoreTest::givesBackWhatWasSaved() {
  QFETCH(bool, real);
  QTemporaryDir folder;
  CallScript script;
  FakeTemplateStore fake(script);
  auto database = std::make_unique<SqliteDatabase>(folder.filePath(QStringLiteral("db")));
  SqliteTemplateStore sqlite(*database);
  TemplateStore& store = real ? static_cast<TemplateStore&>(sqlite) : fake;

  TemplateRecord built{templateInfo("superserve/base", TemplateStatus::Ready)};
  built.info.description = "Größe ü";
  built.info.sizeBytes = 5'000'000'000;
  built.info.builtAt = WallTime(std::chrono::microseconds(1'800'000'000'123'456));
  built.info.latestBuildId = "build";
  built.snapshotId = "snapshot";
  built.contentHash = "hash";
  built.defaults = {{{"A", "1"}}, "user", "/home/user"};
  TemplateRecord failed = built;
  failed.info.id = randomUuid();
  failed.info.name = "superserve/other";
  failed.info.status = TemplateStatus::Failed;
  failed.info.problem = "step_failed: ü";
  failed.info.builtAt.reset();
  failed.snapshotId.clear();
  QVERIFY(succeeds(store.save(failed)));
  QVERIFY(succeeds(store.save(built)));

  auto loaded = answerOf(store.load());
  QVERIFY(loaded && *loaded);
  QCOMPARE((*loaded)->size(), 2U);
  for (const auto& record : **loaded) {
    const auto& wanted = record.info.id == built.info.id ? built : failed;
    QCOMPARE(record.info, wanted.info);
    QCOMPARE(record.snapshotId, wanted.snapshotId);
    QCOMPARE(record.contentHash, wanted.contentHash);
    QVERIFY(record.defaults == wanted.defaults);
  }
  QVERIFY(succeeds(store.erase(failed.info.id)));
  loaded = answerOf(store.load());
  QVERIFY(loaded && *loaded);
  QCOMPARE((*loaded)->size(), 1U);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::TemplateStoreTest)
#include "templatestoretest.moc"
