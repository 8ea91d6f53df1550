// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>
#include <string>

#include "backend/support/rollback.h"

using namespace terrarium;

class RollbackTest : public QObject {
  Q_OBJECT
 private slots:
  void destructionRunsTheStepsBackwards() {
    std::string trace;
    {
      Rollback rollback;
      rollback.add([&] { trace += 'a'; });
      rollback.add([&] { trace += 'b'; });
      rollback.add([&] { trace += 'c'; });
      QVERIFY(trace.empty());
    }
    QCOMPARE(trace, std::string("cba"));
  }

  void aCommittedOneRunsNothing() {
    std::string trace;
    {
      Rollback rollback;
      rollback.add([&] { trace += 'a'; });
      rollback.commit();
    }
    QVERIFY(trace.empty());
  }

  void stepsRunOnce() {
    int count = 0;
    Rollback rollback;
    rollback.add([&] { ++count; });
    rollback.run();
    rollback.run();
    QCOMPARE(count, 1);
  }

  void aStepMayAddAnother() {
    std::string trace;
    Rollback rollback;
    rollback.add([&] { trace += 'a'; });
    rollback.add([&] {
      trace += 'b';
      rollback.add([&] { trace += 'c'; });
    });
    rollback.run();
    QCOMPARE(trace, std::string("bca"));
  }
};

QTEST_GUILESS_MAIN(RollbackTest)
#include "rollbacktest.moc"
