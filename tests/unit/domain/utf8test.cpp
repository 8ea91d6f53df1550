// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/utf8.h"

using namespace terrarium;

class Utf8Test : public QObject {
  Q_OBJECT
 private slots:
  void codePointsAreCounted_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("count");  // -1: malformed
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("ascii") << QByteArray("abc") << 3;
    QTest::newRow("one of each length") << QByteArray("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x90\xA2") << 4;
    QTest::newRow("smallest of two") << QByteArray("\xC2\x80") << 1;
    QTest::newRow("largest of all") << QByteArray("\xF4\x8F\xBF\xBF") << 1;
    QTest::newRow("beyond the largest") << QByteArray("\xF4\x90\x80\x80") << -1;
    QTest::newRow("lead byte F5") << QByteArray("\xF5\x80\x80\x80") << -1;
    QTest::newRow("lone continuation") << QByteArray("\x80") << -1;
    QTest::newRow("overlong of two") << QByteArray("\xC1\xBF") << -1;
    QTest::newRow("overlong of three") << QByteArray("\xE0\x9F\xBF") << -1;
    QTest::newRow("overlong of four") << QByteArray("\xF0\x8F\xBF\xBF") << -1;
    QTest::newRow("first surrogate") << QByteArray("\xED\xA0\x80") << -1;
    QTest::newRow("last surrogate") << QByteArray("\xED\xBF\xBF") << -1;
    QTest::newRow("before the surrogates") << QByteArray("\xED\x9F\xBF") << 1;
    QTest::newRow("bad continuation") << QByteArray("\xE2\x28\xA1") << -1;
  }
  void codePointsAreCounted() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, count);
    const auto found = codePointCount(bytes.toStdString());
    QCOMPARE(found ? static_cast<int>(*found) : -1, count);
  }

  void aSequenceThatIsCutAnywhereIsMalformed() {
    const std::string whole = "\xF0\x9F\x90\xA2";
    for (std::size_t length = 1; length < whole.size(); ++length) QVERIFY(!codePointCount(whole.substr(0, length)));
    QCOMPARE(codePointCount(whole), std::optional<std::size_t>(1));
  }

  void controlCharactersAreFound_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("found");
    QTest::newRow("blank") << QByteArray(" ") << false;
    QTest::newRow("unit separator") << QByteArray("\x1F") << true;
    QTest::newRow("tilde") << QByteArray("~") << false;
    QTest::newRow("DEL") << QByteArray("\x7F") << true;
    QTest::newRow("first C1") << QByteArray("\xC2\x80") << true;
    QTest::newRow("last C1") << QByteArray("\xC2\x9F") << true;
    QTest::newRow("no-break space") << QByteArray("\xC2\xA0") << false;
  }
  void controlCharactersAreFound() {
    QFETCH(QByteArray, bytes);
    QTEST(hasControlCharacter(bytes.toStdString()), "found");
  }
};

QTEST_GUILESS_MAIN(Utf8Test)
#include "utf8test.moc"
