// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An engine on another computer: it answers at the address that it was told and at no other, by the names that it was told and by
// no other, and the command line works with it as with one of this computer.

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/sandboxjson.h"
#include "tests/system/support/twonetworks.h"

using namespace terrarium;

class RemoteEngineTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    const auto problem = TwoNetworks::connect();
    QVERIFY2(problem.isEmpty(), problem);
    engine_ = std::make_unique<LiveEngine>(home_.filePath(QStringLiteral("there")), LiveEngine::sharedImageCache());
    const auto address = QString::fromLatin1(TwoNetworks::kThere);
    engine_->liveAt(address, TwoNetworks::goThere(),
                    {QStringLiteral("--listen"), address, QStringLiteral("--host-name"), QStringLiteral("engine.example")});
    QVERIFY2(engine_->start(), engine_->log());
    const auto built = remote({QStringLiteral("template"), QStringLiteral("build"), QStringLiteral("superserve/base")});
    QVERIFY2(built.exitCode == 0, built.err + engine_->log());
  }

  void commandLineWorksAsWithAnEngineOfThisComputer() {
    auto output = remote({QStringLiteral("create"), QStringLiteral("--name"), QStringLiteral("away")});
    QVERIFY2(output.exitCode == 0, output.err);
    output = remote({QStringLiteral("exec"), QStringLiteral("away"), QStringLiteral("--"), QStringLiteral("sh"),
                     QStringLiteral("-c"), QStringLiteral("echo out; exit 5")});
    QCOMPARE(output.exitCode, 5);
    QCOMPARE(output.out, QByteArray("out\n"));
    QFile file(home_.filePath(QStringLiteral("note")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("carried") == 7);
    file.close();
    output = remote({QStringLiteral("cp"), file.fileName(), QStringLiteral("away:/tmp/note")});
    QVERIFY2(output.exitCode == 0, output.err);
    output = remote(
        {QStringLiteral("exec"), QStringLiteral("away"), QStringLiteral("--"), QStringLiteral("cat"), QStringLiteral("/tmp/note")});
    QCOMPARE(output.out, QByteArray("carried"));
    for (const auto* verb : {"pause", "resume", "rm"}) {
      output = remote({QLatin1String(verb), QStringLiteral("away")});
      QVERIFY2(output.exitCode == 0, output.err);
    }
    const auto list = QJsonDocument::fromJson(remote({QStringLiteral("list"), QStringLiteral("--json")}).out);
    QVERIFY(list.isArray() && list.array().isEmpty());
    // Nothing was started here for it.
    QVERIFY(!QFile::exists(home_.filePath(QStringLiteral("here/run/endpoint.json"))));
  }

  void wrongKeyAndNobodyThereAreSaid() {
    const auto wrong = ctl({QStringLiteral("--engine"), engine_->url().toString(), QStringLiteral("--api-key"),
                            QStringLiteral("wrong"), QStringLiteral("list")});
    QVERIFY2(wrong.exitCode == 1 && wrong.err.contains("X-API-Key"), wrong.err);
    const auto elsewhere =
        engine_->url().toString().replace(QLatin1String(TwoNetworks::kThere), QLatin1String(TwoNetworks::kThereToo));
    const auto nobody =
        ctl({QStringLiteral("--engine"), elsewhere, QStringLiteral("--api-key"), QStringLiteral("any"), QStringLiteral("list")});
    QVERIFY2(nobody.exitCode == 5 && nobody.err.contains(TwoNetworks::kThereToo), nobody.err);
  }

  void onlyToldNamesAreLetThrough_data() {
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("address") << QByteArray(TwoNetworks::kThere) << 200;
    QTest::newRow("told name") << QByteArray("engine.example:1234") << 200;
    QTest::newRow("other case") << QByteArray("Engine.EXAMPLE") << 200;
    QTest::newRow("another name") << QByteArray("rebound.example") << 403;
    QTest::newRow("beneath the name") << QByteArray("a.engine.example") << 403;
    QTest::newRow("another address") << QByteArray(TwoNetworks::kThereToo) << 403;
  }
  void onlyToldNamesAreLetThrough() {
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    QCOMPARE(engine_->call("GET", QStringLiteral("/sandboxes"), {}, {{"Host", host}}).status, status);
  }

  void addressThatIsNotOfTheComputerIsSaid() {
    LiveEngine stray(home_.filePath(QStringLiteral("stray")), LiveEngine::sharedImageCache());
    stray.liveAt(QStringLiteral("198.51.100.7"), TwoNetworks::goThere(),
                 {QStringLiteral("--listen"), QStringLiteral("198.51.100.7")});
    QVERIFY(!stray.start(3000));
    QVERIFY2(stray.log().contains("198.51.100.7 cannot be listened on") && stray.log().contains("--listen"), stray.log());
  }

  void cleanupTestCase() {
    if (engine_) QCOMPARE(engine_->stop(), 0);
    engine_.reset();
  }

 private:
  LiveEngine::Output ctl(const QStringList& arguments) {
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TERRARIUM_HOME"), home_.filePath(QStringLiteral("here")));
    return LiveEngine::runCtl(environment, arguments, 600000);
  }
  LiveEngine::Output remote(const QStringList& arguments) {
    return ctl(QStringList{QStringLiteral("--engine"), engine_->url().toString(), QStringLiteral("--api-key"),
                           QString::fromLatin1(engine_->key())} +
               arguments);
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-remote-XXXXXX")};
  std::unique_ptr<LiveEngine> engine_;
};

int main(int argc, char** argv) {
  TwoNetworks::enterOrDie();
  QCoreApplication application(argc, argv);
  RemoteEngineTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "remoteenginetest.moc"
