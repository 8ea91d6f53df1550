// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/machinesize.h"

using namespace terrarium;

class MachineSizeTest : public QObject {
  Q_OBJECT
 private slots:
  void sizesAreJudged_data() {
    QTest::addColumn<qint64>("vcpus");
    QTest::addColumn<qint64>("memoryMib");
    QTest::addColumn<qint64>("diskMib");
    QTest::addColumn<QByteArray>("wrongField");
    const auto row = [](const char* name, qint64 vcpus, qint64 memory, qint64 disk, const char* wrong) {
      QTest::newRow(name) << vcpus << memory << disk << QByteArray(wrong);
    };
    row("smallest", 1, 256, 1024, "");
    row("largest", 10, 20480, 65536, "");
    row("no cpu", 0, 256, 1024, "vcpu");
    row("eleven cpus", 11, 256, 1024, "vcpu");
    row("too little memory", 1, 255, 1024, "memory_mib");
    row("too much memory", 1, 20481, 1024, "memory_mib");
    row("too little disk", 1, 256, 1023, "disk_mib");
    row("too much disk", 1, 256, 65537, "disk_mib");
    row("negative", -1, -1, -1, "vcpu");
  }
  void sizesAreJudged() {
    QFETCH(qint64, vcpus);
    QFETCH(qint64, memoryMib);
    QFETCH(qint64, diskMib);
    QFETCH(QByteArray, wrongField);
    const auto size = MachineSize::parse(vcpus, memoryMib, diskMib);
    QCOMPARE(size ? QByteArray() : QByteArray::fromStdString(size.error().field), wrongField);
    if (size) QVERIFY(size->vcpus() == vcpus && size->memoryMib() == memoryMib && size->diskMib() == diskMib);
  }

  void theStandardSizeIsAcceptedByTheRules() { QCOMPARE(MachineSize::parse(1, 1024, 4096).value(), MachineSize::standard()); }
};

QTEST_GUILESS_MAIN(MachineSizeTest)
#include "machinesizetest.moc"
