// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/api/events.h"

using namespace terrarium;

class EventsTest : public QObject {
  Q_OBJECT
 private slots:
  void operationKindsGoBothWays() {
    for (const auto* name : {"create", "pause", "resume", "delete", "build_template"}) {
      const auto kind = operationKindFromName(name);
      QVERIFY(kind);
      QCOMPARE(operationKindName(*kind), std::string(name));
    }
    QVERIFY(!operationKindFromName("reboot"));
  }
};

QTEST_GUILESS_MAIN(EventsTest)
#include "eventstest.moc"
