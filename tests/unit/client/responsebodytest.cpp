// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/client/responsebody.h"

using namespace terrarium;

namespace {
ResponseHead headOf(const QByteArray& text) {
  auto buffer = text;
  ResponseHead head;
  [[maybe_unused]] const auto progress = takeResponseHead(buffer, head);
  return head;
}
}  // namespace

class ResponseBodyTest : public QObject {
  Q_OBJECT

 private slots:
  void bodiesAreTheSameHoweverTheyAreSplit_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("length") << QByteArray("Content-Length: 5") << QByteArray("hello") << QByteArray("hello");
    QTest::newRow("chunks") << QByteArray("Transfer-Encoding: chunked")
                            << QByteArray("5\r\nhello\r\nA;x=y\r\n, you all!\r\n0\r\nT: v\r\n\r\n")
                            << QByteArray("hello, you all!");
    QTest::newRow("no chunk") << QByteArray("Transfer-Encoding: chunked") << QByteArray("0\r\n\r\n") << QByteArray();
  }
  void bodiesAreTheSameHoweverTheyAreSplit() {
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, content);
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
      ResponseBody body(headOf("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n"));
      auto found = body.feed(bytes.left(split));
      QCOMPARE(body.isComplete(), split == bytes.size());
      found += body.feed(bytes.mid(split));
      QVERIFY(body.isComplete());
      QCOMPARE(found, content);
    }
  }

  void wrongChunksAreNoticed() {
    for (const auto& bytes : {QByteArray("xyz\r\n"), QByteArray("-1\r\n"), QByteArray("1\r\nab\r\n"), QByteArray(5000, '1')}) {
      ResponseBody body(headOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
      (void)body.feed(bytes);
      QVERIFY2(body.isMalformed(), bytes.left(20).constData());
    }
  }

  void headsAreRead_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("progress");
    const auto row = [](const char* name, const QByteArray& bytes, HeadProgress progress) {
      QTest::newRow(name) << bytes << static_cast<int>(progress);
    };
    row("good", "HTTP/1.1 200 OK\r\nA: b\r\n\r\n", HeadProgress::Complete);
    row("without reason", "HTTP/1.1 200\r\n\r\n", HeadProgress::Complete);
    row("begun", "HTTP/1.1 200 OK\r\nA: b\r\n", HeadProgress::Incomplete);
    row("another protocol", "SSH-2.0-x\r\n\r\n", HeadProgress::Malformed);
    row("no number", "HTTP/1.1 abc OK\r\n\r\n", HeadProgress::Malformed);
    row("header without colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", HeadProgress::Malformed);
    row("endless", QByteArray(70000, 'x'), HeadProgress::Malformed);
  }
  void headsAreRead() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, progress);
    ResponseHead head;
    auto buffer = bytes + (progress == static_cast<int>(HeadProgress::Complete) ? "rest" : "");
    QCOMPARE(static_cast<int>(takeResponseHead(buffer, head)), progress);
    if (progress == static_cast<int>(HeadProgress::Complete)) QCOMPARE(buffer, QByteArray("rest"));
  }
};

QTEST_GUILESS_MAIN(ResponseBodyTest)
#include "responsebodytest.moc"
