// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/httpapi/utf8cutter.h"

using namespace terrarium;

class Utf8CutterTest : public QObject {
  Q_OBJECT
 private slots:
  void aCutAnywhereLeavesEveryPieceWhole() {
    const QByteArray text = "a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x90\xA2z";
    for (qsizetype first = 0; first <= text.size(); ++first) {
      for (qsizetype second = first; second <= text.size(); ++second) {
        Utf8Cutter cutter;
        QByteArray joined;
        for (const auto& part : {text.left(first), text.mid(first, second - first), text.mid(second)}) {
          const auto piece = cutter.feed(part);
          QVERIFY(!QString::fromUtf8(piece).contains(QChar::ReplacementCharacter));
          joined += piece;
        }
        QCOMPARE(cutter.rest(), QByteArray());
        QCOMPARE(joined, text);
      }
    }
  }
  void bytesThatAreNoUtf8PassAndAreNotHeldForEver_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("lone continuation") << QByteArray("\x80\x80\x80\x80");
    QTest::newRow("never legal") << QByteArray("\xFF\xFE");
    QTest::newRow("too long a lead") << QByteArray("\xF8");
    QTest::newRow("Latin 1") << QByteArray("caf\xE9 au lait");
  }
  void bytesThatAreNoUtf8PassAndAreNotHeldForEver() {
    QFETCH(QByteArray, bytes);
    Utf8Cutter cutter;
    const auto piece = cutter.feed(bytes);
    QCOMPARE(piece, bytes);
  }
  void whatStaysUnfinishedComesAtTheEnd() {
    Utf8Cutter cutter;
    QCOMPARE(cutter.feed("ab\xF0\x9F\x90"), QByteArray("ab"));
    QCOMPARE(cutter.rest(), QByteArray("\xF0\x9F\x90"));
    QCOMPARE(cutter.rest(), QByteArray());
  }
};

QTEST_APPLESS_MAIN(Utf8CutterTest)
#include "utf8cuttertest.moc"
