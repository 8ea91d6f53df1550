// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/egress/proxy/upgradeanswer.h"

using namespace terrarium::egress;

using Step = UpgradeAnswer::Step;

class UpgradeAnswerTest : public QObject {
  Q_OBJECT
 private slots:
  void answersAreUnderstoodHoweverTheyCome_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("step");
    const auto row = [](const QByteArray& bytes, Step step) { QTest::newRow(bytes.left(60).constData()) << bytes << int(step); };
    row("HTTP/1.1 10", Step::NeedMore);
    row("HTTP/1.1 101 Switching Protocols\r\n", Step::Agreed);
    row("HTTP/1.1 101\r\n", Step::Agreed);
    row("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 \r\n", Step::Agreed);
    row("HTTP/1.1 100 Continue\r\nA: HTTP/1.1 101 \r\n", Step::NeedMore);
    row("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n", Step::Declined);
    row("HTTP/1.1 200 OK\r\n", Step::Declined);
    row("HTTP/1.0 101 Switching\r\n", Step::Declined);
    row("SSH-2.0-server\r\n", Step::Declined);
    row("HTTP/1.1 100 " + QByteArray(70000, 'x'), Step::Declined);
  }
  void answersAreUnderstoodHoweverTheyCome() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, step);
    for (const qsizetype piece : {1, 3, 100000}) {
      if (bytes.size() > 10000 && piece < 10000) continue;
      UpgradeAnswer answer;
      auto last = Step::NeedMore;
      for (qsizetype at = 0; at < bytes.size(); at += piece) last = answer.feed(bytes.mid(at, piece).toStdString());
      QCOMPARE(int(last), step);
    }
  }
};

QTEST_GUILESS_MAIN(UpgradeAnswerTest)
#include "upgradeanswertest.moc"
