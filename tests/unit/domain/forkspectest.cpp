// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/forkspec.h"
#include "backend/domain/utf8.h"

using namespace terrarium;

class ForkSpecTest : public QObject {
  Q_OBJECT
 private slots:
  void countsAreJudged_data() {
    QTest::addColumn<qint64>("count");
    QTest::addColumn<bool>("good");
    QTest::newRow("one") << qint64(1) << true;
    QTest::newRow("most") << qint64(32) << true;
    QTest::newRow("none") << qint64(0) << false;
    QTest::newRow("negative") << qint64(-1) << false;
    QTest::newRow("one too many") << qint64(33) << false;
    QTest::newRow("beyond 32 bits") << (qint64(1) << 32) + 1 << false;
  }
  void countsAreJudged() {
    QFETCH(qint64, count);
    QFETCH(bool, good);
    const auto spec = ForkSpec::parse({count, std::nullopt});
    QCOMPARE(spec.has_value(), good);
    if (!good) QCOMPARE(spec.error().field, std::string("count"));
  }

  void clonesAreNamed() {
    const auto source = *SandboxName::parse("web");
    const auto names = [&](const ForkRequest& request) {
      std::vector<std::string> texts;
      for (const auto& name : ForkSpec::parse(request)->namesFor(source)) texts.push_back(name.value());
      return texts;
    };
    using Names = std::vector<std::string>;
    QCOMPARE(names({}), (Names{"web fork"}));
    QCOMPARE(names({2, std::nullopt}), (Names{"web fork 1", "web fork 2"}));
    QCOMPARE(names({1, "try"}), (Names{"try"}));
    QCOMPARE(names({2, "try"}), (Names{"try 1", "try 2"}));
    QCOMPARE(ForkSpec::parse({1, ""}).error().field, std::string("name"));
  }

  void longNamesAreCutAtACharacter() {
    const auto source = *SandboxName::parse(QByteArray("\xF0\x9F\x90\xA2").repeated(64).toStdString());
    const auto names = ForkSpec::parse({12, std::nullopt})->namesFor(source);
    QCOMPARE(codePointCount(names.back().value()).value_or(0), std::size_t{64});
    QVERIFY(names.back().value().ends_with(" fork 12"));
  }
};

QTEST_GUILESS_MAIN(ForkSpecTest)
#include "forkspectest.moc"
