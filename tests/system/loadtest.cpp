// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Thirty-two clients at once on a real engine with real machines: no error but those of transitions, no leak, no stuck sandbox.

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/sandboxjson.h"

using namespace terrarium;

class LoadTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    engine_->environment().insert(QStringLiteral("TERRARIUM_REQUESTS_PER_SECOND"), QStringLiteral("100000"));
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
    for (const auto* name : {"load-steady", "load-moving", "load-moving-too"}) {
      const auto reply = engine_->create({{QStringLiteral("name"), QLatin1String(name)}});
      QVERIFY2(reply.status == 201, reply.body);
      boxes_ << reply.object();
    }
  }

  void manyClientsAtOnce() {
    // What is allocated once is there afterwards.
    QVERIFY(callsOf(kClients, 50) >= kClients * 50);
    const auto descriptorsBefore = descriptors();
    const auto memoryBefore = residentKib();
    QVERIFY(callsOf(kClients, 1000) >= kClients * 1000);
    // Nobody is connected any more.
    QTRY_VERIFY2(descriptors() <= descriptorsBefore + kFewDescriptors, QByteArray::number(descriptors() - descriptorsBefore));
    const auto growth = residentKib() - memoryBefore;
    QVERIFY2(growth < kMostGrowthKib, QByteArray::number(growth) + " KiB");
  }

  void nothingIsStuck() {
    for (const auto& box : boxes_) {
      const auto active = engine_->call("POST", pathOf(box) + QStringLiteral("/activate"));
      QVERIFY2(active.status == 200, active.body);
      const auto ran = engine_->exec(active.object(), QStringLiteral("echo works"));
      QVERIFY2(text(ran.object(), "stdout") == QLatin1String("works\n"), ran.body);
      QCOMPARE(engine_->call("DELETE", pathOf(box)).status, 204);
    }
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QCOMPARE(engine_->litter(), QStringList());
    QCOMPARE(engine_->stop(), 0);
  }

 private:
  static constexpr int kClients = 32;
  static constexpr int kFewDescriptors = 8;  // machines that happen to be paused or active
  static constexpr qint64 kMostGrowthKib = 48 * 1024;

  /// Answered calls; -1 when one of them was answered in a way that it must not be.
  int callsOf(int clients, int calls) {
    QProcess process;
    process.start(QStringLiteral("python3"),
                  {QStringLiteral(TERRARIUM_SOURCE_DIR "/tests/system/load/clients.py"), engine_->url().toString(),
                   QString::fromLatin1(engine_->key()), QString::number(clients), QString::number(calls), idOf(boxes_.at(0)),
                   idOf(boxes_.at(1)) + QLatin1Char(',') + idOf(boxes_.at(2))});
    if (!process.waitForFinished(600000)) {
      process.kill();
      process.waitForFinished();
    }
    const auto summary = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const auto problems = summary.value(QLatin1String("problems")).toArray();
    qInfo().noquote() << QJsonDocument(summary).toJson(QJsonDocument::Compact) << process.readAllStandardError().right(2000);
    // Listeners heard of what happened.
    const bool heard = summary.value(QLatin1String("events")).toInt() > 0;
    return problems.isEmpty() && heard ? summary.value(QLatin1String("calls")).toInt() : -1;
  }

  [[nodiscard]] int descriptors() const {
    return static_cast<int>(
        QDir(QStringLiteral("/proc/%1/fd").arg(engine_->enginePid())).entryList(QDir::AllEntries | QDir::System).size());
  }

  [[nodiscard]] qint64 residentKib() const {
    QFile status(QStringLiteral("/proc/%1/status").arg(engine_->enginePid()));
    if (!status.open(QIODevice::ReadOnly)) return 0;
    const auto lines = status.readAll().split('\n');
    for (const auto& line : lines) {
      if (line.startsWith("VmRSS:")) return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-load-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
  QList<QJsonObject> boxes_;
};

QTEST_GUILESS_MAIN(LoadTest)
#include "loadtest.moc"
