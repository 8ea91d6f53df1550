// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/httpapi/ratelimit.h"

using namespace terrarium;
using namespace std::chrono_literals;

class RateLimitTest : public QObject {
  Q_OBJECT
 private slots:
  void aBurstIsAdmittedAndThenTheRate() {
    RateLimit limit(10, 20);
    const RateLimit::Time start{};
    for (int i = 19; i >= 0; --i) {
      const auto verdict = limit.take(start);
      QVERIFY(verdict.isAdmitted);
      QCOMPARE(verdict.remaining, i);
    }
    const auto refused = limit.take(start);
    QVERIFY(!refused.isAdmitted);
    QCOMPARE(refused.retryAfter, 1s);
    QCOMPARE(refused.untilFull, 2s);
    QVERIFY(!limit.take(start + 99ms).isAdmitted);
    QVERIFY(limit.take(start + 101ms).isAdmitted);
    QVERIFY(!limit.take(start + 102ms).isAdmitted);
  }
  void theBucketDoesNotOverflow() {
    RateLimit limit(10, 20);
    QCOMPARE(limit.take(RateLimit::Time{}).remaining, 19);
    QCOMPARE(limit.take(RateLimit::Time{} + 1h).remaining, 19);
  }
  void aClockThatStandsOrGoesBackGivesNothing() {
    RateLimit limit(10, 1);
    QVERIFY(limit.take(RateLimit::Time{} + 1h).isAdmitted);
    QVERIFY(!limit.take(RateLimit::Time{}).isAdmitted);
  }
};

QTEST_APPLESS_MAIN(RateLimitTest)
#include "ratelimittest.moc"
