// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "backend/store/sqlitesandboxstore.h"
#include "tests/support/answers.h"
#include "tests/support/builders.h"
#include "tests/support/fakestores.h"

namespace terrarium {

/// The SandboxStore contract, on the double and on SQLite alike.
class SandboxStoreTest : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void cleanup();
  void givesBackWhatWasSaved_data() { kinds(); }
  void givesBackWhatWasSaved();
  void savingAgainReplacesTheWholeRow_data() { kinds(); }
  void savingAgainReplacesTheWholeRow();
  void aRowThatWasErasedIsGone_data() { kinds(); }
  void aRowThatWasErasedIsGone();
  void keepsEveryState_data() { kinds(); }
  void keepsEveryState();

 private:
  static void kinds() {
    QTest::addColumn<bool>("real");
    QTest::newRow("double") << false;
    QTest::newRow("sqlite") << true;
  }
  /// As a program does that was started again.
  void reopen();
  std::vector<SandboxRecord> loaded() {
    const auto answer = answerOf(store_->load());
    if (!answer || !*answer) {
      qWarning("load failed: %s", answer ? answer->error().message.c_str() : "no answer");
      return {};
    }
    return **answer;
  }

  QTemporaryDir folder_;
  CallScript script_;
  std::unique_ptr<SqliteDatabase> database_;
  std::unique_ptr<SandboxStore> store_;
  int number_ = 0;
};

namespace {

SandboxRecord fullRecord() {
  SandboxRecord record{sandboxInfo(SandboxState::Active, 1)};
  auto& info = record.info;
  info.name = *SandboxName::parse("Größe 🌱 «'\"\\» 名前");
  info.timeout = *Timeout::parse(604800);
  info.autoDelete = *AutoDelete::parse(0);
  info.pausedAt = WallTime(std::chrono::microseconds(1'800'000'000'123'456));
  info.egress = *EgressRules::parse({"10.1.2.3", "*.example.com"}, {"0.0.0.0/0"});
  info.metadata = *Metadata::parse({{"team", "línea\nzwei"}, {"empty", ""}, {"emoji 🌍", "x"}});
  info.secrets = {{"TOKEN", "github", true}};
  info.previews = *PreviewSettings::restore(PreviewAccess::Private, {{*PreviewPort::parse(8000), PreviewAccess::Public, 3}}, 7);
  info.snapshotId = "snap";
  info.emulated = true;
  info.problem = "It's broken; DROP TABLE sandboxes; --";
  record.secrets = *SecretBindings::parse({{"TOKEN", "github"}});
  record.envVars = *EnvVars::parse({{"A", "1"}, {"MULTI", "a\nb\t\"c\" ü"}, {"EMPTY", ""}});
  record.defaults = {{{"LANG", "C.UTF-8"}}, "user", "/home/user"};
  record.pendingSnapshotId = "next";
  record.resumeAtStart = true;
  MachineRecord machine;
  machine.cookie = "cookie";
  machine.files = {QStringLiteral("/w/ü 1"),
                   QStringLiteral("/w/ram"),
                   QStringLiteral("/w/state"),
                   {{QStringLiteral("/l/a.raw"), QStringLiteral("/w/top.qcow2")}},
                   {}};
  machine.files.from = {"from",   "6.1", "agent", "hash", {"tcg", "7.2", "pc-q35-7.2", "max", "devices"}, MachineSize::standard(),
                        {"a.raw"}};
  record.machine = machine;
  return record;
}

/// Everything, as text, because not all of its parts can be compared.
QString described(const SandboxRecord& record) {
  QStringList parts;
  const auto& info = record.info;
  parts << QString::fromStdString(record.pendingSnapshotId) << QString::number(record.resumeAtStart);
  for (const auto& [key, value] : record.envVars.entries()) parts << QString::fromStdString(key + "=" + value);
  for (const auto& [key, value] : record.secrets.entries()) parts << QString::fromStdString(key + "=" + value);
  for (const auto& [key, value] : record.defaults.env) parts << QString::fromStdString(key + "=" + value);
  parts << QString::fromStdString(record.defaults.user + "@" + record.defaults.workingDirectory + "#" + info.snapshotId);
  if (record.machine) {
    const auto& files = record.machine->files;
    parts << QString::fromStdString(record.machine->cookie) << files.workDirectory << files.ramFile << files.stateFile
          << files.disk.layers;
    parts << QString::fromStdString(files.from.id + files.from.kernelVersion + files.from.agentVersion + files.from.contentHash);
    parts << QString::fromStdString(files.from.facts.qemuVersion + files.from.facts.deviceListHash + files.from.facts.cpuModel);
    for (const auto& layer : files.from.layers) parts << QString::fromStdString(layer);
    parts << QString::number(files.from.size.diskMib());
  }
  return parts.join(QLatin1Char('|'));
}

}  // namespace

void SandboxStoreTest::init() {
  ++number_;
  store_.reset();
  QFETCH(bool, real);
  if (!real) store_ = std::make_unique<FakeSandboxStore>(script_);
  reopen();
}

void SandboxStoreTest::cleanup() {
  store_.reset();
  database_.reset();
}

void SandboxStoreTest::reopen() {
  QFETCH(bool, real);
  if (!real) return;
  store_.reset();
  database_.reset();
  database_ = std::make_unique<SqliteDatabase>(folder_.filePath(QString::number(number_)));
  store_ = std::make_unique<SqliteSandboxStore>(*database_);
}

void SandboxStoreTest::givesBackWhatWasSaved() {
  const auto record = fullRecord();
  SandboxRecord bare{sandboxInfo(SandboxState::Paused, 2)};
  bare.info.timeout.reset();
  bare.info.pausedAt.reset();
  bare.info.createdAt = record.info.createdAt + std::chrono::microseconds(1);
  QVERIFY(succeeds(store_->save(record, Durability::ProcessCrash)));
  QVERIFY(succeeds(store_->save(bare, Durability::PowerCut)));
  reopen();
  const auto records = loaded();
  QCOMPARE(records.size(), 2U);
  const auto& full = records[0].info.id == record.info.id ? records[0] : records[1];
  const auto& other = records[0].info.id == record.info.id ? records[1] : records[0];
  QCOMPARE(full.info, record.info);
  QCOMPARE(described(full), described(record));
  QCOMPARE(other.info, bare.info);
  QVERIFY(!other.machine);
  QCOMPARE(described(other), described(bare));
}

void SandboxStoreTest::savingAgainReplacesTheWholeRow() {
  auto record = fullRecord();
  QVERIFY(succeeds(store_->save(record, Durability::PowerCut)));
  record.info.state = SandboxState::Failed;
  record.info.timeout.reset();
  record.info.metadata = Metadata::none();
  record.machine.reset();
  QVERIFY(succeeds(store_->save(record, Durability::PowerCut)));
  reopen();
  const auto records = loaded();
  QCOMPARE(records.size(), 1U);
  QCOMPARE(records[0].info, record.info);
  QVERIFY(!records[0].machine);
}

void SandboxStoreTest::aRowThatWasErasedIsGone() {
  const auto record = fullRecord();
  QVERIFY(succeeds(store_->save(record, Durability::PowerCut)));
  QVERIFY(succeeds(store_->erase(record.info.id)));
  QVERIFY(succeeds(store_->erase(record.info.id)));
  reopen();
  QVERIFY(loaded().empty());
}

void SandboxStoreTest::keepsEveryState() {
  for (const auto state : kAllSandboxStates) {
    auto record = fullRecord();
    record.info.state = state;
    QVERIFY(succeeds(store_->save(record, Durability::ProcessCrash)));
    const auto records = loaded();
    QCOMPARE(records.size(), 1U);
    QCOMPARE(records[0].info.state, state);
  }
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::SandboxStoreTest)
#include "sandboxstoretest.moc"
