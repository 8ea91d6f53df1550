// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Snapshots, forks and what protects them, on real machines.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <set>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/sandboxjson.h"

using namespace terrarium;

class SnapshotsTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
  }

  void aForkOfARunningOneGoesOnInEachClone() {
    const auto source = made("source");
    run(source,
        "echo shared > /root/file; nohup sh -c 'i=0; while :; do i=$((i+1)); echo $i > /dev/shm/count; sleep 0.1; done' "
        ">/dev/null 2>&1 &");
    QVERIFY(countsOn(source));
    const auto reply =
        engine_->call("POST", QStringLiteral("/local") + pathOf(source) + QStringLiteral("/fork"), R"({"count":2,"name":"twin"})");
    QVERIFY2(reply.status == 201, reply.body);
    const auto clones = reply.array();
    QCOMPARE(clones.size(), 2);
    std::set<QString> identities{identity(source)};
    std::set<QString> tokens{text(source, "access_token")};
    for (const auto& value : clones) {
      const auto clone = value.toObject();
      QCOMPARE(text(clone, "phase"), QStringLiteral("active"));
      QCOMPARE(run(clone, "cat /root/file"), QStringLiteral("shared\n"));
      QVERIFY(countsOn(clone));
      identities.insert(identity(clone));
      tokens.insert(text(clone, "access_token"));
      // A disk of its own.
      run(clone, "echo mine > /root/file");
    }
    QVERIFY(countsOn(source));
    QCOMPARE(run(source, "cat /root/file"), QStringLiteral("shared\n"));
    QCOMPARE(identities.size(), std::size_t{3});
    QCOMPARE(tokens.size(), std::size_t{3});
    QCOMPARE(engine_->machinePids().size(), 3);
    // The source goes; a clone can still be paused and resumed.
    removed(source);
    const auto clone = clones.first().toObject();
    QCOMPARE(engine_->call("POST", pathOf(clone) + QStringLiteral("/pause")).status, 204);
    QCOMPARE(engine_->call("POST", pathOf(clone) + QStringLiteral("/resume")).status, 200);
    QCOMPARE(run(clone, "cat /root/file"), QStringLiteral("mine\n"));
    QVERIFY(countsOn(clone));
    for (const auto& value : clones) removed(value.toObject());
    nothingIsLeft();
  }

  void aNamedSnapshotIsWhereLaterOnesBegin() {
    const auto source = made("source");
    run(source, "echo before > /root/file; echo before > /dev/shm/file");
    const auto taken = engine_->call("POST", pathOf(source) + QStringLiteral("/snapshot"), R"({"kind":"mem+fs","name":"good"})");
    QVERIFY2(taken.status == 201, taken.body);
    const auto snapshot = taken.object();
    QCOMPARE(text(snapshot, "status"), QStringLiteral("ready"));
    run(source, "echo after > /root/file; echo after > /dev/shm/file");
    // Of the paused one, too.
    QCOMPARE(engine_->call("POST", pathOf(source) + QStringLiteral("/pause")).status, 204);
    const auto second = engine_->call("POST", pathOf(source) + QStringLiteral("/snapshot"), R"({"name":"later"})");
    QVERIFY2(second.status == 201, second.body);
    QCOMPARE(engine_->call("GET", pathOf(source) + QStringLiteral("/snapshots")).array().size(), 2);
    removed(source);

    const auto old = createdFrom(snapshot);
    const auto late = createdFrom(second.object());
    QCOMPARE(run(old, "cat /root/file /dev/shm/file"), QStringLiteral("before\nbefore\n"));
    QCOMPARE(run(late, "cat /root/file /dev/shm/file"), QStringLiteral("after\nafter\n"));
    QCOMPARE(text(old, "source_snapshot_id"), idOf(snapshot));
    for (const auto& one : {snapshot, second.object()}) {
      QCOMPARE(engine_->call("DELETE", QStringLiteral("/snapshots/") + idOf(one)).status, 204);
    }
    // What was made from them needs only layers, and these are kept.
    QCOMPARE(engine_->call("POST", pathOf(old) + QStringLiteral("/pause")).status, 204);
    QVERIFY2(engine_->crashAndComeBack(), engine_->log());
    QCOMPARE(engine_->call("POST", pathOf(old) + QStringLiteral("/activate")).status, 200);
    QCOMPARE(run(old, "cat /root/file /dev/shm/file"), QStringLiteral("before\nbefore\n"));
    removed(old);
    QVERIFY(engine_->waitForPhase(idOf(late), QStringLiteral("active")));
    removed(late);
    nothingIsLeft();
  }

  void aLostMachineGoesBackToItsSnapshot() {
    const auto box = made("loser");
    run(box, "echo kept > /root/file");
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    run(box, "echo lost > /root/file; sync");
    const auto pids = engine_->machinePids();
    QCOMPARE(pids.size(), 1);
    QCOMPARE(::kill(static_cast<pid_t>(pids.first()), SIGKILL), 0);
    QVERIFY(engine_->waitForPhase(idOf(box), QStringLiteral("paused"), 10000));
    const auto now = engine_->sandbox(idOf(box));
    QCOMPARE(text(now, "status"), QStringLiteral("paused"));
    QVERIFY2(text(now, "problem").contains(QStringLiteral("what happened since is lost")), qPrintable(text(now, "problem")));
    QTRY_VERIFY(QDir(home_.path() + QStringLiteral("/data/sandboxes")).isEmpty());
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    QCOMPARE(run(box, "cat /root/file"), QStringLiteral("kept\n"));
    removed(box);
    nothingIsLeft();
  }

  void manyPausesKeepTheChainShort() {
    const auto box = made("often");
    qsizetype deepest = 0;
    for (int round = 1; round <= 12; ++round) {
      run(box, QStringLiteral("echo %1 >> /root/rounds; head -c 200000 /dev/urandom > /root/blob%1; "
                              "cd /root; sha256sum blob%1 >> sums; rm -f blob%2")
                   .arg(round)
                   .arg(round - 3));
      QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
      deepest = std::max(deepest, depthOf(box));
      const auto resumed = engine_->call("POST", pathOf(box) + QStringLiteral("/resume"));
      QVERIFY2(resumed.status == 200, resumed.body);
      QCOMPARE(run(box, "wc -l < /root/rounds").trimmed(), QString::number(round));
      QCOMPARE(run(box, QStringLiteral("cd /root; tail -n 3 sums | sha256sum -c --status && echo sound")),
               QStringLiteral("sound\n"));
    }
    QVERIFY2(deepest <= 17, qPrintable(QString::number(deepest)));
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    QTRY_VERIFY_WITH_TIMEOUT(depthOf(box) <= 8, 60000);
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    QCOMPARE(run(box, QStringLiteral("cd /root; tail -n 3 sums | sha256sum -c --status && tail -n 1 rounds")),
             QStringLiteral("12\n"));
    qInfo("deepest chain %lld, layers at the end %lld", static_cast<long long>(deepest), static_cast<long long>(depthOf(box)));
    removed(box);
    nothingIsLeft();
  }

  void aFlippedByteInATemplateIsTold() {
    QTRY_VERIFY_WITH_TIMEOUT(templateFiles().value(QLatin1String("summary")).toString().contains(QStringLiteral("intact")), 120000);
    const QDir sets(home_.path() + QStringLiteral("/data/snapshots"));
    const auto names = sets.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(names.size(), 1);
    QCOMPARE(engine_->stop(), 0);
    QFile ram(sets.filePath(names.first() + QStringLiteral("/ram")));
    flip(ram);
    QVERIFY2(engine_->start(), engine_->log());
    QTRY_COMPARE_WITH_TIMEOUT(templateFiles().value(QLatin1String("outcome")).toString(), QStringLiteral("bad"), 120000);
    QVERIFY(templateFiles().value(QLatin1String("summary")).toString().contains(ram.fileName()));
    flip(ram);
  }

  void cleanupTestCase() { engine_.reset(); }

 private:
  static void flip(QFile& file) {
    QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(file.size() / 2);
    const char old = file.read(1).at(0);
    file.seek(file.size() / 2);
    file.write(QByteArray(1, static_cast<char>(old ^ 1)));
    file.close();
  }

  QJsonObject made(const char* name) {
    const auto reply = engine_->create({{QStringLiteral("name"), QLatin1String(name)}});
    if (reply.status != 201) qWarning() << reply.body << engine_->log();
    return reply.object();
  }

  QJsonObject createdFrom(const QJsonObject& snapshot) {
    const auto reply =
        engine_->create({{QStringLiteral("name"), QStringLiteral("copy")}, {QStringLiteral("from_snapshot"), idOf(snapshot)}});
    if (reply.status != 201) qWarning() << reply.body << engine_->log();
    return reply.object();
  }

  QString run(const QJsonObject& sandbox, const QString& command) {
    // The token of a resume is a new one.
    const auto ran = engine_->exec(engine_->sandbox(idOf(sandbox)), command);
    if (ran.status != 200) qWarning() << ran.status << ran.body;
    return text(ran.object(), "stdout");
  }
  QString run(const QJsonObject& sandbox, const char* command) { return run(sandbox, QString::fromLatin1(command)); }

  bool countsOn(const QJsonObject& sandbox) {
    const auto first = run(sandbox, "cat /dev/shm/count").trimmed().toInt();
    return QTest::qWaitFor([&] { return run(sandbox, "cat /dev/shm/count").trimmed().toInt() > first + 2; }, 10000);
  }

  QString identity(const QJsonObject& sandbox) {
    return run(sandbox, "hostname; head -c 16 /dev/urandom | sha256sum; cat /proc/sys/kernel/random/uuid");
  }

  qsizetype depthOf(const QJsonObject& sandbox) {
    QFile manifest(home_.path() + QStringLiteral("/data/snapshots/") + text(engine_->sandbox(idOf(sandbox)), "snapshot_id") +
                   QStringLiteral("/manifest.json"));
    if (!manifest.open(QIODevice::ReadOnly)) return 99;
    return QJsonDocument::fromJson(manifest.readAll()).object().value(QLatin1String("layers")).toArray().size();
  }

  QJsonObject templateFiles() {
    for (const auto& check :
         engine_->call("GET", QStringLiteral("/local/host")).object().value(QLatin1String("checks")).toArray()) {
      if (text(check.toObject(), "id") == QStringLiteral("template_files")) return check.toObject();
    }
    return {};
  }

  void removed(const QJsonObject& box) {
    const auto reply = engine_->call("DELETE", pathOf(box));
    QVERIFY2(reply.status == 204, reply.body);
  }

  void nothingIsLeft() {
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QTRY_VERIFY(QDir(home_.path() + QStringLiteral("/data/sandboxes")).isEmpty());
    QTRY_COMPARE(QDir(home_.path() + QStringLiteral("/data/snapshots")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    // The template's two.
    QTRY_COMPARE(QDir(home_.path() + QStringLiteral("/data/layers")).entryList(QDir::Files | QDir::Hidden).size(), 2);
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-snapshots-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
};

QTEST_GUILESS_MAIN(SnapshotsTest)
#include "snapshotstest.moc"
