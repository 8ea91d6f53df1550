// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The disk that holds sandboxes is full, on real machines: each verb ends in a true state with a sentence, leaves nothing behind,
// loses nothing, and works again when there is room. The disk is a memory file system in a mount namespace of this test.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <memory>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/ownmounts.h"
#include "tests/system/support/sandboxjson.h"

using namespace terrarium;

namespace {
constexpr qint64 kMib = 1024 * 1024;
constexpr qint64 kAmple = 4096 * kMib;
}  // namespace

class FullSpaceTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    OwnMounts::mountMemory(data());
    engine_ = std::make_unique<LiveEngine>(home_.path(), LiveEngine::sharedImageCache());
    QVERIFY2(engine_->start(), engine_->log());
  }

  void templateBuildSaysThatThereIsNoRoomToBegin() {
    OwnMounts::leaveFree(data(), 16 * kMib);
    const auto built = engine_->ctl(buildBase());
    QCOMPARE(built.exitCode, 1);
    QVERIFY2(saysFull(QString::fromUtf8(built.err)), built.err);
    QCOMPARE(text(baseTemplate(), "status"), QStringLiteral("failed"));
    nothingIsLeft();
  }

  void templateBuildSaysThatTheRoomRanOut() {
    OwnMounts::leaveFree(data(), kAmple);
    engine_->fire("POST", QStringLiteral("/local/templates/superserve%2Fbase/build"));
    const auto machineRuns = [this] { return !engine_->machinePids().isEmpty(); };
    QVERIFY(QTest::qWaitFor(machineRuns, 120000));
    OwnMounts::leaveFree(data(), kMib);
    const auto failed = [this] { return text(baseTemplate(), "status") == QLatin1String("failed"); };
    QVERIFY(QTest::qWaitFor(failed, 120000));
    QVERIFY2(saysFull(problemOf(baseTemplate())), qPrintable(problemOf(baseTemplate())));
    nothingIsLeft();
  }

  void templateBuildWorksWhenThereIsRoom() {
    OwnMounts::leaveFree(data(), kAmple);
    const auto built = engine_->ctl(buildBase());
    QVERIFY2(built.exitCode == 0, built.err + engine_->log());
  }

  void createIsRefusedAndLeavesNothing() {
    OwnMounts::leaveFree(data(), 8 * kMib);
    const auto refused = engine_->create({{QStringLiteral("name"), QStringLiteral("none")}});
    QVERIFY2(refused.status == 507 && saysFull(refused.errorMessage()), refused.body);
    const auto byHand = engine_->ctl({QStringLiteral("create"), QStringLiteral("--name"), QStringLiteral("none")});
    QCOMPARE(byHand.exitCode, 1);
    QVERIFY2(saysFull(QString::fromUtf8(byHand.err)), byHand.err);
    QVERIFY(engine_->call("GET", QStringLiteral("/sandboxes")).array().isEmpty());
    nothingIsLeft();
    QVERIFY2(engine_->ctl({QStringLiteral("doctor")}).out.contains("disk"), "the doctor is silent about the disk");
  }

  void pauseNeedsNextToNoRoom() {
    const auto box = made("saved");
    OwnMounts::leaveFree(data(), 2 * kMib);
    // The engine pauses it by itself, too: whoever is first.
    const auto paused = engine_->call("POST", pathOf(box) + QStringLiteral("/pause"));
    QVERIFY2(paused.status == 204 || paused.status == 409, paused.body);
    QVERIFY(engine_->waitForPhase(idOf(box), QStringLiteral("paused")));
    OwnMounts::leaveFree(data(), kAmple);
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    const auto ran = engine_->exec(engine_->sandbox(idOf(box)), QStringLiteral("cat /run/precious"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("precious\n"));
    removed(box);
  }

  void pauseThatFindsNoRoomLetsTheSandboxRunOn_data() {
    QTest::addColumn<QString>("before");
    QTest::newRow("for the devices") << QStringLiteral("sync");
    QTest::newRow("for what the guest has still to write") << QStringLiteral("head -c 4M /dev/urandom > /var/tmp/unwritten");
  }

  void pauseThatFindsNoRoomLetsTheSandboxRunOn() {
    QFETCH(QString, before);
    const auto box = made("needed");
    wholeMemoryOf(box);
    const auto sums = QStringLiteral("cat /run/precious; cat /var/tmp/* /dev/null | md5sum");
    engine_->exec(box, before);
    const auto known = text(engine_->exec(box, sums).object(), "stdout");
    QVERIFY(known.startsWith(QLatin1String("precious\n")));
    // Enough for the rows of the store, not for the state of the devices.
    OwnMounts::leaveFree(data(), kMib / 8);
    // The engine tries it by itself, too, and then this is refused for another reason.
    LiveEngine::Reply refused;
    const auto found = [&] {
      refused = engine_->call("POST", pathOf(box) + QStringLiteral("/pause"));
      return refused.status != 409;
    };
    QVERIFY(QTest::qWaitFor(found, 30000));
    QVERIFY2(refused.status == 507 && saysFull(refused.errorMessage()), refused.body);
    QVERIFY(engine_->waitForPhase(idOf(box), QStringLiteral("active")));
    QVERIFY2(saysFull(text(engine_->sandbox(idOf(box)), "problem")), engine_->call("GET", pathOf(box)).body);
    QCOMPARE(engine_->machinePids().size(), 1);
    OwnMounts::leaveFree(data(), kAmple);
    const auto runs = [&] { return text(engine_->exec(engine_->sandbox(idOf(box)), sums).object(), "stdout") == known; };
    QVERIFY2(QTest::qWaitFor(runs, 30000), engine_->call("GET", pathOf(box)).body);
    const auto paused = engine_->call("POST", pathOf(box) + QStringLiteral("/pause"));
    QVERIFY2(paused.status == 204, paused.body);
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    QVERIFY(runs());
    removed(box);
  }

  void resumeIsRefusedAndTheSandboxStaysPaused() {
    const auto box = made("sleeps");
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    OwnMounts::leaveFree(data(), 4 * kMib);
    const auto refused = engine_->call("POST", pathOf(box) + QStringLiteral("/resume"));
    QVERIFY2(refused.status == 507 && saysFull(refused.errorMessage()), refused.body);
    QCOMPARE(text(engine_->sandbox(idOf(box)), "status"), QStringLiteral("paused"));
    QCOMPARE(engine_->machinePids().size(), 0);
    QVERIFY2(engine_->litter().isEmpty(), qPrintable(engine_->litter().join(QLatin1Char(' '))));
    OwnMounts::leaveFree(data(), kAmple);
    const auto resumed = engine_->call("POST", pathOf(box) + QStringLiteral("/resume"));
    QVERIFY2(resumed.status == 200, resumed.body);
    const auto ran = engine_->exec(engine_->sandbox(idOf(box)), QStringLiteral("cat /run/precious"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("precious\n"));
    removed(box);
  }

  void deletingIsTheWayOut() {
    const auto box = made("paused");
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    OwnMounts::leaveFree(data(), 0);
    removed(box);
  }

  void sandboxThatFillsTheDiskLosesNothing() {
    OwnMounts::leaveFree(data(), kAmple);
    const auto box = made("greedy");
    OwnMounts::leaveFree(data(), 100 * kMib);
    engine_->fire(
        "POST", pathOf(box) + QStringLiteral("/exec"),
        R"({"command":"i=0; while [ $i -lt 400 ]; do head -c 1M /dev/zero | tr '\\0' x >/dev/shm/$i; i=$((i+1)); sleep 0.05; done"})");
    QVERIFY2(engine_->waitForPhase(idOf(box), QStringLiteral("paused"), 60000), engine_->call("GET", pathOf(box)).body);
    QVERIFY2(saysFull(text(engine_->sandbox(idOf(box)), "problem")), engine_->call("GET", pathOf(box)).body);
    OwnMounts::leaveFree(data(), kAmple);
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/resume")).status, 200);
    removed(box);
  }

  void engineStartsOnAFullDisk() {
    OwnMounts::leaveFree(data(), kAmple);
    const auto box = made("waits");
    QCOMPARE(engine_->call("POST", pathOf(box) + QStringLiteral("/pause")).status, 204);
    QCOMPARE(engine_->stop(), 0);
    OwnMounts::leaveFree(data(), 0);
    QVERIFY2(engine_->start(), engine_->log());
    QCOMPARE(text(engine_->sandbox(idOf(box)), "status"), QStringLiteral("paused"));
    removed(box);
  }

  void uploadThatFindsNoRoomLeavesNoHalfFile() {
    OwnMounts::leaveFree(data(), kAmple);
    const auto box = made("small");
    engine_->exec(box, QStringLiteral("mkdir -p /small && mount -t tmpfs -o size=1m tmpfs /small"));
    const auto full = engine_->call("POST", QStringLiteral("/files?path=%2Fsmall%2Fbig"), QByteArray(3 * kMib, 'x'),
                                    {{"X-Superserve-Sandbox-Id", idOf(box).toLatin1()},
                                     {"X-Access-Token", text(box, "access_token").toLatin1()},
                                     {"Content-Type", "application/octet-stream"}});
    QVERIFY2(full.status == 507 && saysFull(full.errorMessage()), full.body);
    QCOMPARE(text(engine_->exec(box, QStringLiteral("ls /small")).object(), "stdout"), QString());
    removed(box);
  }

  void cleanupTestCase() {
    engine_.reset();
    OwnMounts::leave(data());
  }

 private:
  [[nodiscard]] QString data() const { return home_.path() + QStringLiteral("/data"); }
  [[nodiscard]] static QStringList buildBase() {
    return {QStringLiteral("template"), QStringLiteral("build"), QStringLiteral("superserve/base")};
  }
  [[nodiscard]] static bool saysFull(const QString& message) {
    return message.contains(QLatin1String("space")) || message.contains(QLatin1String("disk is full"));
  }

  [[nodiscard]] static QString problemOf(const QJsonObject& one) { return text(one, "error_message"); }

  QJsonObject baseTemplate() {
    const auto all = engine_->call("GET", QStringLiteral("/templates")).array();
    for (const auto& one : all) {
      if (text(one.toObject(), "name") == QLatin1String("superserve/base")) return one.toObject();
    }
    return {};
  }

  QJsonObject made(const char* name) {
    OwnMounts::leaveFree(data(), kAmple);
    const auto reply = engine_->create({{QStringLiteral("name"), QLatin1String(name)}});
    if (reply.status != 201) qWarning() << reply.body << engine_->log();
    engine_->exec(reply.object(), QStringLiteral("echo precious > /run/precious"));
    return reply.object();
  }

  /// Gives the machine's memory all its room, so that nothing else than what a pause writes lacks any.
  void wholeMemoryOf(const QJsonObject& box) {
    const QDir works(data() + QStringLiteral("/sandboxes"));
    const auto names = works.entryList({idOf(box).left(8) + QLatin1String("-*")}, QDir::Dirs);
    QCOMPARE(names.size(), 1);
    QFile memory(works.filePath(names.first() + QStringLiteral("/ram")));
    QVERIFY(memory.open(QIODevice::ReadWrite));
    QCOMPARE(::posix_fallocate(memory.handle(), 0, memory.size()), 0);
  }

  void removed(const QJsonObject& box) {
    const auto reply = engine_->call("DELETE", pathOf(box));
    QVERIFY2(reply.status == 204, reply.body);
    nothingIsLeft();
  }

  void nothingIsLeft() {
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QTRY_COMPARE(engine_->litter(), QStringList());
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-full-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
};

int main(int argc, char** argv) {
  OwnMounts::enterOrDie();
  QCoreApplication application(argc, argv);
  FullSpaceTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "fullspacetest.moc"
