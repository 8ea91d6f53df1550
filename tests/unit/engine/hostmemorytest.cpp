// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/engine/hostmemory.h"

namespace terrarium {

class HostMemoryTest : public QObject {
  Q_OBJECT

 private slots:
  void readsTheKernelsFigures();
  void isShort_data();
  void isShort();
};

void HostMemoryTest::readsTheKernelsFigures() {
  const auto memory =
      HostMemory::from("MemTotal:       16000 kB\nMemFree: 1 kB\nMemAvailable:    9000 kB\n",
                       "some avg10=12.50 avg60=3.00 avg300=0.10 total=1\nfull avg10=99.00 avg60=0 avg300=0 total=1\n");
  QCOMPARE(memory.totalBytes, 16000 * 1024);
  QCOMPARE(memory.availableBytes, 9000 * 1024);
  QCOMPARE(memory.stalledPercent, 12.5);
}

void HostMemoryTest::isShort_data() {
  QTest::addColumn<QByteArray>("meminfo");
  QTest::addColumn<QByteArray>("pressure");
  QTest::addColumn<bool>("isShort");
  const QByteArray plenty("MemTotal: 16384 kB\nMemAvailable: 8192 kB\n");
  const QByteArray calm("some avg10=0.00 avg60=0\n");
  QTest::newRow("plenty") << plenty << calm << false;
  QTest::newRow("just enough") << QByteArray("MemTotal: 16384 kB\nMemAvailable: 3072 kB\n") << calm << false;
  QTest::newRow("not enough is left to others") << QByteArray("MemTotal: 16384 kB\nMemAvailable: 3071 kB\n") << calm << true;
  QTest::newRow("processes wait for memory") << plenty << QByteArray("some avg10=10.00 avg60=0\n") << true;
  QTest::newRow("a kernel without pressure figures") << plenty << QByteArray() << false;
  QTest::newRow("nothing can be read") << QByteArray() << QByteArray() << false;
}

void HostMemoryTest::isShort() {
  QFETCH(QByteArray, meminfo);
  QFETCH(QByteArray, pressure);
  QTEST(HostMemory::from(meminfo, pressure).isShortFor(1024 * 1024), "isShort");
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::HostMemoryTest)
#include "hostmemorytest.moc"
