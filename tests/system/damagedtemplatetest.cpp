// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files of a template that are missing or damaged, on real machines: no sandbox is made of them, the template is built anew by
// itself, and what was made of it before still works.

#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/sandboxjson.h"

using namespace terrarium;

class DamagedTemplateTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    // A cache of its own, because files in it are damaged; what is in the shared one need not be made again.
    images_ = home_.filePath(QStringLiteral("images"));
    const auto shared = LiveEngine::sharedImageCache();
    if (QDir(shared).exists()) {
      QCOMPARE(QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-a"), QStringLiteral("--reflink=auto"), shared, images_}),
               0);
    }
    engine_ = std::make_unique<LiveEngine>(home_.filePath(QStringLiteral("home")), images_);
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
    const auto made = engine_->create({{QStringLiteral("name"), QStringLiteral("earlier")}});
    QVERIFY2(made.status == 201, made.body);
    earlier_ = made.object();
    engine_->exec(earlier_, QStringLiteral("echo precious > /run/precious"));
    QCOMPARE(engine_->call("POST", pathOf(earlier_) + QStringLiteral("/pause")).status, 204);
  }

  void snapshotThatIsNotWholeIsBuiltAnew_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("missing");
    for (const auto* name : {"ram", "state", "manifest.json", "layer"}) {
      QTest::addRow("%s missing", name) << QString::fromLatin1(name) << true;
      QTest::addRow("%s damaged", name) << QString::fromLatin1(name) << false;
    }
  }
  void snapshotThatIsNotWholeIsBuiltAnew() {
    QFETCH(QString, name);
    QFETCH(bool, missing);
    const auto path = fileOfTemplate(name);
    QVERIFY2(QFile::exists(path), qPrintable(path));
    breakFile(path, missing);
    const auto refused = engine_->create({{QStringLiteral("name"), QStringLiteral("none")}});
    QVERIFY2(refused.status == 409 && refused.errorMessage().contains(QLatin1String("built anew")), refused.body);
    QCOMPARE(engine_->call("GET", QStringLiteral("/sandboxes")).array().size(), 1);
    const auto built = engine_->ctl({QStringLiteral("template"), QStringLiteral("build"), QStringLiteral("superserve/base")});
    QVERIFY2(built.exitCode == 0, built.err + engine_->log());
    const auto made = engine_->create({{QStringLiteral("name"), QStringLiteral("afterwards")}});
    QVERIFY2(made.status == 201, made.body);
    const auto ran = engine_->exec(made.object(), QStringLiteral("echo works"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("works\n"));
    QCOMPARE(engine_->call("DELETE", pathOf(made.object())).status, 204);
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QTRY_COMPARE(engine_->litter(), QStringList());
  }

  void imageThatIsNotWholeIsMadeAnew_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("missing");
    QTest::newRow("kernel missing") << QStringLiteral("kernel") << true;
    QTest::newRow("kernel damaged") << QStringLiteral("kernel") << false;
  }
  void imageThatIsNotWholeIsMadeAnew() {
    QFETCH(QString, name);
    QFETCH(bool, missing);
    QDirIterator files(images_ + QStringLiteral("/images/images"), {name}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) breakFile(files.next(), missing);
    const auto built = engine_->ctl({QStringLiteral("template"), QStringLiteral("build"), QStringLiteral("superserve/base")});
    QVERIFY2(built.exitCode == 0, built.err + engine_->log());
    QTRY_COMPARE(engine_->litter(), QStringList());
  }

  void whatWasMadeBeforeStillWorks() {
    const auto resumed = engine_->call("POST", pathOf(earlier_) + QStringLiteral("/resume"));
    QVERIFY2(resumed.status == 200, resumed.body);
    const auto ran = engine_->exec(engine_->sandbox(idOf(earlier_)), QStringLiteral("cat /run/precious; ls /bin/sh"));
    QCOMPARE(text(ran.object(), "stdout"), QStringLiteral("precious\n/bin/sh\n"));
    QCOMPARE(engine_->call("DELETE", pathOf(earlier_)).status, 204);
    QTRY_COMPARE(engine_->machinePids().size(), 0);
  }

  void cleanupTestCase() { engine_.reset(); }

 private:
  /// The file of the snapshot that new sandboxes are made of, or the base layer of its disk.
  QString fileOfTemplate(const QString& name) const {
    const auto paused = text(engine_->sandbox(idOf(earlier_)), "snapshot_id");
    const QDir data(engine_->home() + QStringLiteral("/data"));
    if (name == QLatin1String("layer")) {
      return data.filePath(QStringLiteral("layers/")) +
             QDir(data.filePath(QStringLiteral("layers"))).entryList({QStringLiteral("*.raw")}).value(0);
    }
    const auto sets = QDir(data.filePath(QStringLiteral("snapshots"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const auto& set : sets) {
      if (set != paused) return data.filePath(QStringLiteral("snapshots/") + set + QLatin1Char('/') + name);
    }
    return {};
  }

  static void breakFile(const QString& path, bool missing) {
    if (missing) {
      QVERIFY(QFile::remove(path));
      return;
    }
    QFile file(path);
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    QVERIFY2(file.open(QIODevice::ReadWrite), qPrintable(path));
    QVERIFY(file.seek(file.size() / 2) && file.write("damage") == 6);
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-damaged-XXXXXX")};
  QString images_;
  std::unique_ptr<LiveEngine> engine_;
  QJsonObject earlier_;
};

QTEST_GUILESS_MAIN(DamagedTemplateTest)
#include "damagedtemplatetest.moc"
