// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a computer may lack: QEMU, a QEMU that is new enough, KVM, subordinate ids. The engine starts all the same, says with the
// next step what is missing, and leaves nothing. Files of the system are covered in a mount namespace of this test.

#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <unistd.h>

#include "tests/system/support/liveengine.h"
#include "tests/system/support/ownmounts.h"
#include "tests/system/support/sandboxjson.h"

using namespace terrarium;

class MissingNeedsTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    // Old enough to lack what machines are made of; speaks for itself like the real one.
    write("old-qemu", R"(#!/bin/sh
echo '{"QMP":{"version":{"qemu":{"micro":0,"minor":2,"major":5},"package":""},"capabilities":[]}}'
while read -r line; do
  case $line in
    *qmp_capabilities*) echo '{"return":{},"id":1}' ;;
    *query-machines*) echo '{"return":[{"name":"pc-q35-5.2","cpu-max":288}],"id":2}' ;;
    *quit*) echo '{"return":{},"id":3}'; exit 0 ;;
  esac
done
)");
    write("empty", "");
    QVERIFY(QFile::setPermissions(file("old-qemu"), QFile::ReadOwner | QFile::ExeOwner));
    write("closed", "");
    QVERIFY(QFile::setPermissions(file("closed"), QFile::Permissions()));
    OwnMounts::cover(QStringLiteral("/dev/kvm"), file("closed"));
  }

  void qemuThatDoesNotWorkIsToldWithTheNextStep_data() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("word");
    QTest::newRow("nowhere") << QStringLiteral("/nowhere/qemu-system-x86_64") << QStringLiteral("missing or does not start");
    QTest::newRow("ends at once") << QStringLiteral("/bin/true") << QStringLiteral("missing or does not start");
    QTest::newRow("speaks something else") << QStringLiteral("/bin/cat") << QStringLiteral("missing or does not start");
    QTest::newRow("too old") << file("old-qemu") << QStringLiteral("5.2.0, which is too old");
  }
  void qemuThatDoesNotWorkIsToldWithTheNextStep() {
    QFETCH(QString, program);
    QFETCH(QString, word);
    auto engine = withSetting("TERRARIUM_QEMU", program);
    nothingCanBeMade(*engine, {word, QStringLiteral("TERRARIUM_QEMU")});
    const auto doctor = engine->ctl({QStringLiteral("doctor")});
    QCOMPARE(doctor.exitCode, 1);
    QVERIFY2(doctor.out.contains("bad   qemu: ") && doctor.out.contains(word.toUtf8()) && doctor.out.contains("fix: "), doctor.out);
    QCOMPARE(engine->stop(), 0);
  }

  void kvmThatMayNotBeUsedIsReplacedByEmulation() {
    auto engine = withSetting("TERRARIUM_ACCEL", QString());
    const auto host = engine->call("GET", QStringLiteral("/local/host"), {}, {}, 60000).object();
    QCOMPARE(text(host, "accelerator"), QStringLiteral("tcg"));
    QVERIFY2(text(host, "accelerator_reason").contains(QLatin1String("kvm"), Qt::CaseInsensitive),
             qPrintable(text(host, "accelerator_reason")));
    const auto doctor = engine->ctl({QStringLiteral("doctor")});
    QVERIFY2(doctor.out.contains("warn  accelerator: ") && doctor.out.contains("fix: "), doctor.out);
    QCOMPARE(engine->stop(), 0);
  }

  void kvmThatWasOrderedAndDoesNotWorkIsTold() {
    auto engine = withSetting("TERRARIUM_ACCEL", QStringLiteral("kvm"), LiveEngine::sharedImageCache());
    if (::access("/dev/kvm", R_OK | W_OK) == 0) {
      // Root may open whatever lies there; then QEMU itself has to find out.
      const auto built = engine->ctl(buildBase(), 120000);
      QCOMPARE(built.exitCode, 1);
      QVERIFY2(built.err.contains("boot_failed") && built.err.toLower().contains("kvm"), built.err);
    } else {
      nothingCanBeMade(*engine, {QStringLiteral("TERRARIUM_ACCEL=kvm was set"), QStringLiteral("Unset TERRARIUM_ACCEL")});
      const auto doctor = engine->ctl({QStringLiteral("doctor")});
      QCOMPARE(doctor.exitCode, 1);
      QVERIFY2(doctor.out.contains("bad   accelerator: ") && doctor.out.contains("fix: unset TERRARIUM_ACCEL"), doctor.out);
    }
    QTRY_COMPARE(engine->machinePids().size(), 0);
    QCOMPARE(engine->litter(), QStringList());
    QCOMPARE(engine->stop(), 0);
  }

  void missingSubordinateIdsAreToldWithTheOneCommand() {
    OwnMounts::cover(QStringLiteral("/etc/subuid"), file("empty"));
    OwnMounts::cover(QStringLiteral("/etc/subgid"), file("empty"));
    auto engine = withSetting("TERRARIUM_ACCEL", QStringLiteral("tcg"));
    const auto doctor = engine->ctl({QStringLiteral("doctor")});
    if (::geteuid() == 0) {
      QVERIFY2(doctor.out.contains("ok    subuid: Not needed"), doctor.out);
    } else {
      const QByteArray command = "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ";
      QCOMPARE(doctor.exitCode, 1);
      QVERIFY2(doctor.out.contains("bad   subuid: ") && doctor.out.contains("fix: " + command), doctor.out);
      const auto built = engine->ctl(buildBase(), 60000);
      QCOMPARE(built.exitCode, 5);
      QVERIFY2(built.err.contains(command), built.err);
      QCOMPARE(engine->litter(), QStringList());
    }
    QCOMPARE(engine->stop(), 0);
  }

 private:
  [[nodiscard]] QString file(const char* name) const { return home_.filePath(QLatin1String(name)); }
  void write(const char* name, const QByteArray& content) const {
    QFile file(this->file(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
  }
  [[nodiscard]] static QStringList buildBase() {
    return {QStringLiteral("template"), QStringLiteral("build"), QStringLiteral("superserve/base")};
  }

  /// By itself with an image cache of its own, so that a build would have to make an image.
  std::unique_ptr<LiveEngine> withSetting(const char* variable, const QString& value, const QString& images = {}) {
    const auto name = QLatin1String(QTest::currentTestFunction()) + QString::number(++engines_);
    auto engine = std::make_unique<LiveEngine>(home_.filePath(name),
                                               images.isEmpty() ? home_.filePath(name + QStringLiteral("-images")) : images);
    engine->environment().remove(QLatin1String(variable));
    if (!value.isEmpty()) engine->environment().insert(QLatin1String(variable), value);
    [&] { QVERIFY2(engine->start(), engine->log()); }();
    return engine;
  }

  static void nothingCanBeMade(LiveEngine& engine, const QStringList& words) {
    const auto refused = engine.create({{QStringLiteral("name"), QStringLiteral("none")}});
    QCOMPARE(refused.status, 503);
    const auto created = engine.ctl({QStringLiteral("create"), QStringLiteral("--name"), QStringLiteral("none")}, 60000);
    QCOMPARE(created.exitCode, 5);
    // Nothing is fetched and made that could not be booted.
    const auto built = engine.ctl(buildBase(), 60000);
    QCOMPARE(built.exitCode, 5);
    for (const auto& word : words) {
      QVERIFY2(refused.errorMessage().contains(word), refused.body);
      QVERIFY2(created.err.contains(word.toUtf8()), created.err);
      QVERIFY2(built.err.contains(word.toUtf8()), built.err);
    }
    QCOMPARE(engine.machinePids().size(), 0);
    QCOMPARE(engine.litter(), QStringList());
    QVERIFY(engine.call("GET", QStringLiteral("/sandboxes")).array().isEmpty());
  }

  QTemporaryDir home_{QDir::tempPath() + QStringLiteral("/terrarium-needs-XXXXXX")};
  int engines_ = 0;
};

int main(int argc, char** argv) {
  OwnMounts::enterOrDie();
  QCoreApplication application(argc, argv);
  MissingNeedsTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "missingneedstest.moc"
