// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/desktop/singleinstance.h"

using namespace terrarium;

namespace {
const QString kProgram = QStringLiteral(TERRARIUM_BINARY_DIR "/bin/terrarium");
}

/// One window per user: the second start of the real program finds the first and ends.
class SingleInstanceTest : public QObject {
  Q_OBJECT
 private slots:
  void secondClaimIsRefused();
  void knockRaisesTheFirst();
  void secondStartOfTheProgramRaisesTheFirstAndEnds();
  void claimSucceedsAfterTheFirstHasEnded();
  void knockEndsWhenNobodyAnswers();
  void socketIsForThisUserAlone();

 private:
  QTemporaryDir directory_;
  [[nodiscard]] QString runtime() const { return directory_.filePath(QStringLiteral("run")); }
};

void SingleInstanceTest::secondClaimIsRefused() {
  SingleInstance first(runtime()), second(runtime());
  QVERIFY(first.claim());
  QVERIFY(!second.claim());
}

void SingleInstanceTest::knockRaisesTheFirst() {
  SingleInstance first(runtime()), second(runtime());
  QVERIFY(first.claim());
  QSignalSpy raised(&first, &SingleInstance::raiseRequested), delivered(&second, &SingleInstance::delivered);
  second.knock();
  QTRY_COMPARE(raised.size(), 1);
  QTRY_COMPARE(delivered.size(), 1);
}

void SingleInstanceTest::secondStartOfTheProgramRaisesTheFirstAndEnds() {
  SingleInstance first(runtime());
  QVERIFY(first.claim());
  QSignalSpy raised(&first, &SingleInstance::raiseRequested);
  QProcess program;
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QStringLiteral("TERRARIUM_HOME"), directory_.path());
  environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
  program.setProcessEnvironment(environment);
  QSignalSpy finished(&program, &QProcess::finished);
  program.start(kProgram, {});
  QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
  QCOMPARE(program.exitStatus(), QProcess::NormalExit);
  QCOMPARE(program.exitCode(), 0);
  QCOMPARE(raised.size(), 1);
}

void SingleInstanceTest::claimSucceedsAfterTheFirstHasEnded() {
  {
    SingleInstance first(runtime());
    QVERIFY(first.claim());
  }
  SingleInstance next(runtime());
  QVERIFY(next.claim());
}

void SingleInstanceTest::knockEndsWhenNobodyAnswers() {
  SingleInstance second(runtime());
  QSignalSpy delivered(&second, &SingleInstance::delivered);
  second.knock();
  QTRY_VERIFY(!delivered.isEmpty());
}

void SingleInstanceTest::socketIsForThisUserAlone() {
  SingleInstance first(runtime());
  QVERIFY(first.claim());
  const auto others =
      QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
  QVERIFY((QFile::permissions(runtime()) & others) == 0);
  QVERIFY((QFile::permissions(runtime() + QStringLiteral("/window.sock")) & others) == 0);
}

QTEST_GUILESS_MAIN(SingleInstanceTest)
#include "singleinstancetest.moc"
