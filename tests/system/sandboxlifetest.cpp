// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A sandbox from create to delete on a real engine, real QEMU, kernel and root file system: every operation once as a user does it.

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/stat.h>

#include "tests/system/support/liveengine.h"

using namespace terrarium;

class SandboxLifeTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
  }

  void createdSandboxAcceptsACommandAtOnce() {
    const auto created =
        engine_->create({{QStringLiteral("name"), QStringLiteral("first")},
                         {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("team"), QStringLiteral("blue")}}},
                         {QStringLiteral("env_vars"), QJsonObject{{QStringLiteral("GREETING"), QStringLiteral("hi there")}}}});
    QVERIFY2(created.status == 201, created.body + engine_->log());
    first_ = created.object();
    QCOMPARE(text(first_, "status"), QStringLiteral("active"));
    const auto ran = engine_->exec(first_, QStringLiteral("echo $GREETING; echo oops >&2; hostname; exit 7"));
    QCOMPARE(ran.status, 200);
    QCOMPARE(ran.object().value(QLatin1String("exit_code")).toInt(), 7);
    QVERIFY2(text(ran.object(), "stdout").startsWith(QStringLiteral("hi there\nsandbox-")), ran.body);
    QCOMPARE(text(ran.object(), "stderr"), QStringLiteral("oops\n"));
  }

  void realSystemRunsInside() {
    const auto ran =
        engine_->exec(first_, QStringLiteral("cat /etc/debian_version; uname -s; python3 -c 'print(6*7)'; id -u; nproc"));
    QCOMPARE(ran.object().value(QLatin1String("exit_code")).toInt(), 0);
    QVERIFY2(text(ran.object(), "stdout").startsWith(QStringLiteral("12")), ran.body);
    QVERIFY(text(ran.object(), "stdout").contains(QStringLiteral("Linux\n42\n")));
  }

  void clockIsRight() {
    const auto ran = engine_->exec(first_, QStringLiteral("date +%s"));
    const auto guest = text(ran.object(), "stdout").trimmed().toLongLong();
    QVERIFY(qAbs(guest - QDateTime::currentSecsSinceEpoch()) <= 3);
  }

  void clonesAreNotTwins() {
    const auto other = engine_->create({{QStringLiteral("name"), QStringLiteral("twin")}}).object();
    const auto command = QStringLiteral("head -c16 /dev/urandom | od -An -tx1; cat /etc/machine-id; hostname");
    const auto one = engine_->exec(first_, command).object();
    const auto two = engine_->exec(other, command).object();
    const auto linesOne = text(one, "stdout").split(QLatin1Char('\n'));
    const auto linesTwo = text(two, "stdout").split(QLatin1Char('\n'));
    QVERIFY(linesOne.size() >= 3 && linesTwo.size() >= 3);
    for (int i = 0; i < 3; ++i) QVERIFY2(linesOne.at(i) != linesTwo.at(i), qPrintable(linesOne.at(i)));
    QCOMPARE(engine_->call("DELETE", path(other)).status, 204);
  }

  void metadataServiceIsRefusedAtOnce() {
    // 7: curl was refused; a gateway that is not there would let it wait.
    const auto ran = engine_->exec(first_, QStringLiteral("curl -s -m 20 http://169.254.169.254/; echo $?"));
    QCOMPARE(text(ran.object(), "stdout").trimmed(), QStringLiteral("7"));
  }

  void pausedMeansNoProcessAndResumeBringsItBack() {
    engine_->exec(first_,
                  QStringLiteral("echo kept > /root/file; (sleep 10000 & echo $! > /root/pid); echo ram > /dev/shm/marker"));
    QCOMPARE(engine_->machinePids().size(), 1);
    QCOMPARE(engine_->call("POST", path(first_) + QStringLiteral("/pause")).status, 204);
    QCOMPARE(engine_->machinePids().size(), 0);
    const auto paused = engine_->sandbox(id(first_));
    QCOMPARE(text(paused, "status"), QStringLiteral("paused"));
    QVERIFY(!text(paused, "snapshot_id").isEmpty());
    QCOMPARE(engine_->exec(first_, QStringLiteral("true")).status, 503);
    QCOMPARE(engine_->call("POST", path(first_) + QStringLiteral("/pause")).status, 409);
    QCOMPARE(engine_->call("POST", path(first_) + QStringLiteral("/resume")).status, 200);
    const auto ran =
        engine_->exec(first_, QStringLiteral("cat /root/file /dev/shm/marker; kill -0 $(cat /root/pid) && echo alive"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("kept\nram\nalive\n"));
  }

  void manyPausesLoseNothing() {
    for (int round = 0; round < 10; ++round) {
      const auto number = QString::number(round);
      QCOMPARE(engine_->exec(first_, QStringLiteral("echo %1 >> /root/rounds; echo %1 >> /dev/shm/rounds").arg(number)).status,
               200);
      QCOMPARE(engine_->call("POST", path(first_) + QStringLiteral("/pause")).status, 204);
      QCOMPARE(engine_->call("POST", path(first_) + QStringLiteral("/activate")).status, 200);
    }
    const auto ran = engine_->exec(first_, QStringLiteral("tr -d '\\n' < /root/rounds; echo; tr -d '\\n' < /dev/shm/rounds"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("0123456789\n0123456789"));
  }

  void filesGoUpAndDown() {
    QByteArray content;
    for (int i = 0; i < 300000; ++i) content += QByteArray::number(i * 7919 % 1000003);
    const auto where = QStringLiteral("/files?path=%2Froot%2Fdeep%2Fer%2Fdata.bin");
    QCOMPARE(engine_->call("POST", where, content, dataHeaders()).status, 200);
    QCOMPARE(engine_->call("GET", where, {}, dataHeaders()).body, content);
    auto headers = dataHeaders();
    headers << std::pair<QByteArray, QByteArray>("Range", "bytes=10-19");
    const auto part = engine_->call("GET", where, {}, headers);
    QCOMPARE(part.status, 206);
    QCOMPARE(part.body, content.mid(10, 10));
    QCOMPARE(engine_->call("GET", QStringLiteral("/files?path=%2Fno%2Fsuch"), {}, dataHeaders()).status, 404);
  }

  void commandsAreStoppedInTime() {
    const auto ran = engine_->exec(first_, QStringLiteral("sleep 30"), 1);
    QCOMPARE(ran.object().value(QLatin1String("exit_code")).toInt(), 124);
    const auto killed = engine_->exec(first_, QStringLiteral("kill -9 $$"));
    QCOMPARE(killed.object().value(QLatin1String("exit_code")).toInt(), 137);
  }

  void killReachesSessionsOfTheirOwn() {
    const auto ran =
        engine_->exec(first_, QStringLiteral("setsid sh -c 'echo $$ > /root/escaped; exec sleep 10001' & sleep 30"), 2);
    QCOMPARE(ran.object().value(QLatin1String("exit_code")).toInt(), 124);
    const auto look = engine_->exec(first_, QStringLiteral("test -s /root/escaped && ! kill -0 $(cat /root/escaped) && echo gone"));
    QCOMPARE(text(look.object(), "stdout"), QStringLiteral("gone\n"));
  }

  void whatACommandLeavesRunningLivesOn() {
    engine_->exec(first_, QStringLiteral("setsid sleep 10002 > /dev/null 2>&1 & echo $! > /root/left"));
    const auto look = engine_->exec(first_, QStringLiteral("kill -0 $(cat /root/left) && echo alive; kill $(cat /root/left)"));
    QCOMPARE(text(look.object(), "stdout"), QStringLiteral("alive\n"));
  }

  void networkCardIsSetUp() {
    const auto ran = engine_->exec(first_, QStringLiteral("cat /sys/class/net/eth0/operstate /sys/class/net/eth0/mtu; "
                                                          "awk '$2 == \"00000000\" {print $1, $3}' /proc/net/route; "
                                                          "grep -c 10.0.2.15 /proc/net/fib_trie; cat /etc/resolv.conf"));
    const auto lines = text(ran.object(), "stdout").split(QLatin1Char('\n'));
    QVERIFY2(lines.size() >= 5, ran.body);
    QCOMPARE(lines.mid(0, 3), (QStringList{QStringLiteral("up"), QStringLiteral("9000"), QStringLiteral("eth0 0202000A")}));
    QVERIFY(lines.at(3).toInt() > 0);
    QCOMPARE(lines.at(4), QStringLiteral("nameserver 10.0.2.2"));
  }

  void trimGivesTheDisksRoomBack() {
    const auto used = [this] {
      qint64 bytes = 0;
      const QDir work(home_.path() + QStringLiteral("/data/sandboxes"));
      for (const auto& folder : work.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        struct stat status {};
        ::stat(QFile::encodeName(folder.filePath() + QStringLiteral("/disk.qcow2")).constData(), &status);
        bytes += status.st_blocks * 512;
      }
      return bytes;
    };
    const auto full = QStringLiteral("head -c 48M /dev/urandom > /root/ballast && sync");
    QCOMPARE(engine_->exec(first_, full, 60).object().value(QLatin1String("exit_code")).toInt(), 0);
    const auto before = used();
    QVERIFY(before > 40'000'000);
    const auto freed = engine_->exec(first_, QStringLiteral("rm /root/ballast && sync && fstrim /"), 60);
    QVERIFY2(freed.object().value(QLatin1String("exit_code")).toInt() == 0, freed.body);
    QVERIFY2(used() < before - 40'000'000, QByteArray::number(used()));
  }

  void filesOfTheKernelAreReadWhole() {
    const auto read = engine_->call("GET", QStringLiteral("/files?path=%2Fproc%2Fcpuinfo"), {}, dataHeaders());
    QCOMPARE(read.status, 200);
    QVERIFY2(read.body.startsWith("processor") && read.body.contains("flags"), read.body);
    const auto ran = engine_->exec(first_, QStringLiteral("wc -c < /proc/cpuinfo; : > /root/empty"));
    QCOMPARE(read.body.size(), text(ran.object(), "stdout").trimmed().toLongLong());
    const auto empty = engine_->call("GET", QStringLiteral("/files?path=%2Froot%2Fempty"), {}, dataHeaders());
    QCOMPARE(empty.status, 200);
    QCOMPARE(empty.body, QByteArray());
  }

  void commandLineDoesTheSame() {
    auto output = engine_->ctl({QStringLiteral("exec"), QStringLiteral("first"), QStringLiteral("--"), QStringLiteral("sh"),
                                QStringLiteral("-c"), QStringLiteral("echo out; exit 5")});
    QCOMPARE(output.exitCode, 5);
    QCOMPARE(output.out, QByteArray("out\n"));
    output = engine_->ctl({QStringLiteral("list"), QStringLiteral("--json")});
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(QJsonDocument::fromJson(output.out).array().size(), 1);
    output = engine_->ctl({QStringLiteral("show"), QStringLiteral("nobody")});
    QCOMPARE(output.exitCode, 3);
  }

  void hardLifetimeDestroys() {
    const auto shortLived =
        engine_->create({{QStringLiteral("name"), QStringLiteral("short")}, {QStringLiteral("timeout_seconds"), 3}});
    QCOMPARE(shortLived.status, 201);
    QCOMPARE(engine_->call("POST", path(shortLived.object()) + QStringLiteral("/pause")).status, 204);
    QVERIFY(QTest::qWaitFor([&] { return engine_->call("GET", path(shortLived.object())).status == 404; }, 10000));
  }

  void stopPausesAndTheNextStartResumes() {
    engine_->exec(first_, QStringLiteral("echo before > /dev/shm/stop"));
    QCOMPARE(engine_->stop(), 0);
    QCOMPARE(engine_->machinePids().size(), 0);
    QVERIFY2(engine_->start(), engine_->log());
    QVERIFY(engine_->waitForPhase(id(first_), QStringLiteral("active")));
    const auto ran = engine_->exec(engine_->sandbox(id(first_)), QStringLiteral("cat /dev/shm/stop"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("before\n"));
  }

  void deletedMeansGone() {
    QCOMPARE(engine_->call("DELETE", path(first_)).status, 204);
    QCOMPARE(engine_->call("GET", path(first_)).status, 404);
    QCOMPARE(engine_->machinePids().size(), 0);
    QVERIFY(QDir(home_.path() + QStringLiteral("/data/sandboxes")).isEmpty());
  }

  void cleanupTestCase() { engine_.reset(); }

 private:
  static QString text(const QJsonObject& object, const char* name) { return object.value(QLatin1String(name)).toString(); }
  static QString id(const QJsonObject& sandbox) { return text(sandbox, "id"); }
  static QString path(const QJsonObject& sandbox) { return QStringLiteral("/sandboxes/") + id(sandbox); }
  [[nodiscard]] QList<std::pair<QByteArray, QByteArray>> dataHeaders() const {
    return {{"X-Superserve-Sandbox-Id", id(first_).toLatin1()},
            {"X-Access-Token", text(first_, "access_token").toLatin1()},
            {"Content-Type", "application/octet-stream"}};
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-life-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
  QJsonObject first_;
};

QTEST_GUILESS_MAIN(SandboxLifeTest)
#include "sandboxlifetest.moc"
