// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "backend/store/sqliteactivitystore.h"
#include "tests/support/answers.h"
#include "tests/support/fakestores.h"

namespace terrarium {

namespace {
ActivityEntry entry(ActivityAction action, const std::string& sandbox, int second) {
  ActivityEntry made;
  made.id = randomUuid();
  made.createdAt = WallTime(std::chrono::seconds(1'800'000'000 + second));
  made.action = action;
  made.sandboxId = sandbox;
  made.sandboxName = "name of " + sandbox;
  return made;
}
}  // namespace

/// The ActivityStore contract, on the double and on SQLite alike.
class ActivityStoreTest : public QObject {
  Q_OBJECT

 private slots:
  void givesBackWhatWasAppended_data() { implementations(); }
  void givesBackWhatWasAppended() {
    open();
    auto full = entry(ActivityAction::CommandExecuted, "a", 1);
    full.templateId = "t";
    full.secretId = "s";
    full.secretName = "ü";
    full.duration = std::chrono::milliseconds(42);
    full.error = "was 'nothing'; DROP TABLE activity";
    full.metadata = {{"command", "echo 'x' \"y\""}};
    const auto bare = entry(ActivityAction::SandboxStarted, "", 0);
    QVERIFY(succeeds(store_->append({bare, full}, 10)));
    const auto page = found({});
    QCOMPARE(page.total, std::size_t{2});
    QVERIFY(page.items == (std::vector<ActivityEntry>{full, bare}));
  }

  void aQuerySelects_data() {
    QTest::addColumn<bool>("real");
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("wanted");  // the sandboxes, latest first
    for (const bool real : {false, true}) {
      const auto row = [real](const char* name, int which, const char* wanted) {
        QTest::addRow("%s, %s", name, real ? "sqlite" : "double") << real << which << QString::fromLatin1(wanted);
      };
      row("all", 0, "d c b a");
      row("category", 1, "c");
      row("status", 2, "b");
      row("part of a name", 3, "d");
      row("part of an action", 4, "b");
      row("special characters are ordinary", 5, "");
      row("sandbox", 6, "a");
      row("time", 7, "c b");
      row("page", 8, "b a");
    }
  }
  void aQuerySelects() {
    QFETCH(int, which);
    open();
    auto b = entry(ActivityAction::SandboxPaused, "b", 2);
    b.error = "no space";
    QVERIFY(succeeds(
        store_->append({entry(ActivityAction::SandboxStarted, "a", 1), b, entry(ActivityAction::NetworkUpdated, "c", 3)}, 10)));
    QVERIFY(succeeds(store_->append({entry(ActivityAction::SandboxDeleted, "d", 4)}, 10)));
    ActivityQuery query;
    if (which == 1) query.category = "network";
    if (which == 2) query.status = "error";
    if (which == 3) query.contains = "NAME of D";
    if (which == 4) query.contains = "pause";
    if (which == 5) query.contains = "name%";
    if (which == 6) query.sandboxId = "a";
    if (which == 7) query.from = b.createdAt;
    if (which == 7) query.until = b.createdAt + std::chrono::seconds(2);
    if (which == 8) query.limit = 2;
    if (which == 8) query.offset = 2;
    const auto page = found(query);
    QStringList sandboxes;
    for (const auto& each : page.items) sandboxes << QString::fromStdString(each.sandboxId);
    QTEST(sandboxes.join(QLatin1Char(' ')), "wanted");
    QCOMPARE(page.total, which == 8 ? std::size_t{4} : page.items.size());
  }

  void onlyTheNewestAreKept() {
    SqliteDatabase database(folder_.filePath(QStringLiteral("kept")));
    SqliteActivityStore store(database);
    for (int i = 0; i < 7; ++i) QVERIFY(succeeds(store.append({entry(ActivityAction::SandboxPaused, std::to_string(i), i)}, 3)));
    const auto page = answerOf(store.find({}));
    QVERIFY(page && *page);
    QCOMPARE((*page)->total, std::size_t{3});
    QCOMPARE((*page)->items.back().sandboxId, std::string("4"));
  }

 private:
  static void implementations() {
    QTest::addColumn<bool>("real");
    QTest::newRow("double") << false;
    QTest::newRow("sqlite") << true;
  }
  void open() {
    QFETCH(bool, real);
    database_ = std::make_unique<SqliteDatabase>(folder_.filePath(QString::fromStdString(randomUuid())));
    if (real)
      store_ = std::make_unique<SqliteActivityStore>(*database_);
    else
      store_ = std::make_unique<FakeActivityStore>();
  }
  ActivityPage found(const ActivityQuery& query) {
    const auto page = answerOf(store_->find(query));
    return page && *page ? **page : ActivityPage{};
  }

  QTemporaryDir folder_;
  std::unique_ptr<SqliteDatabase> database_;
  std::unique_ptr<ActivityStore> store_;
};

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::ActivityStoreTest)
#include "activitystoretest.moc"
