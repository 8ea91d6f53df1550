// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/timeout.h"

using namespace terrarium;

class TimeoutTest : public QObject {
  Q_OBJECT
 private slots:
  void timeoutsAreJudged_data() {
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("-1") << qint64{-1} << false;
    QTest::newRow("0") << qint64{0} << false;
    QTest::newRow("1") << qint64{1} << true;
    QTest::newRow("7 days") << qint64{604800} << true;
    QTest::newRow("7 days and a second") << qint64{604801} << false;
    QTest::newRow("largest number") << std::numeric_limits<qint64>::max() << false;
    QTest::newRow("smallest number") << std::numeric_limits<qint64>::min() << false;
  }
  void timeoutsAreJudged() {
    QFETCH(qint64, seconds);
    QFETCH(bool, accepted);
    const auto timeout = Timeout::parse(seconds);
    QCOMPARE(timeout.has_value(), accepted);
    if (timeout) {
      QCOMPARE(timeout->value().count(), seconds);
    } else {
      QCOMPARE(timeout.error().field, std::string("timeout_seconds"));
      QVERIFY(timeout.error().message.find("1 to 604800") != std::string::npos);
    }
  }

  void autoDeletesAreJudged_data() {
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("-1") << qint64{-1} << false;
    QTest::newRow("0") << qint64{0} << true;
    QTest::newRow("30 days") << qint64{2592000} << true;
    QTest::newRow("30 days and a second") << qint64{2592001} << false;
  }
  void autoDeletesAreJudged() {
    QFETCH(qint64, seconds);
    QFETCH(bool, accepted);
    const auto autoDelete = AutoDelete::parse(seconds);
    QCOMPARE(autoDelete.has_value(), accepted);
    if (autoDelete) {
      QCOMPARE(autoDelete->value().count(), seconds);
    } else {
      QCOMPARE(autoDelete.error().field, std::string("auto_delete_seconds"));
      QVERIFY(autoDelete.error().message.find("2592000") != std::string::npos);
    }
  }
};

QTEST_GUILESS_MAIN(TimeoutTest)
#include "timeouttest.moc"
