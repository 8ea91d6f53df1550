// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/templates/bootstrapprogress.h"

using namespace terrarium;

class BootstrapProgressTest : public QObject {
  Q_OBJECT
 private slots:
  void stagesAreNamed();
  void packagesMoveTheFraction();
  void theFractionNeverGoesBack();
  void otherLinesSayNothing();
};

void BootstrapProgressTest::stagesAreNamed() {
  BootstrapProgress progress;
  const auto first = progress.read(QStringLiteral("I: running apt-get update..."));
  QVERIFY(first);
  QCOMPARE(first->stage, std::string("Reading package lists"));
  QCOMPARE(*first->fraction, 0.0);
  const auto last = progress.read(QStringLiteral("I: creating tarball..."));
  QVERIFY(last && *last->fraction > 0.9);
}

void BootstrapProgressTest::packagesMoveTheFraction() {
  BootstrapProgress progress;
  const auto begun = progress.read(QStringLiteral("I: downloading packages with apt..."));
  QVERIFY(begun);
  QVERIFY(!progress.read(QStringLiteral("0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.")));
  const auto half = progress.read(QStringLiteral("Get:1 http://mirror.example bookworm/main amd64 jq amd64 1.6 [64 kB]"));
  const auto all = progress.read(QStringLiteral("Get:2 http://mirror.example bookworm/main amd64 less amd64 590 [64 kB]"));
  QVERIFY(half && all);
  QVERIFY(half->stage.empty());
  QVERIFY(*begun->fraction < *half->fraction && *half->fraction < *all->fraction);
  const auto next = progress.read(QStringLiteral("I: extracting archives..."));
  QVERIFY(next && *next->fraction >= *all->fraction);
}

void BootstrapProgressTest::theFractionNeverGoesBack() {
  BootstrapProgress progress;
  QVERIFY(progress.read(QStringLiteral("I: installing remaining packages inside the chroot...")));
  QVERIFY(!progress.read(QStringLiteral("0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.")));
  double furthest = 0;
  for (int i = 0; i < 5; ++i) {
    const auto step = progress.read(QStringLiteral("Setting up jq (1.6) ..."));
    QVERIFY(step && *step->fraction >= furthest && *step->fraction <= 1.0);
    furthest = *step->fraction;
  }
}

void BootstrapProgressTest::otherLinesSayNothing() {
  BootstrapProgress progress;
  for (const auto* line :
       {"", "I: chroot architecture amd64 is equal to the host's architecture", "Get:1 x", "Unpacking x", "E: no"}) {
    QVERIFY(!progress.read(QString::fromLatin1(line)));
  }
}

QTEST_GUILESS_MAIN(BootstrapProgressTest)
#include "bootstrapprogresstest.moc"
