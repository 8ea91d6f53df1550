// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/client/websocketframes.h"

using namespace terrarium;

namespace {
QByteArray serverFrame(int first, const QByteArray& payload) {
  QByteArray frame(1, static_cast<char>(first));
  if (payload.size() < 126) {
    frame += static_cast<char>(payload.size());
  } else {
    frame += static_cast<char>(126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  }
  return frame + payload;
}
}  // namespace

class WebSocketFramesTest : public QObject {
  Q_OBJECT

 private slots:
  void messagesAreTheSameHoweverTheyAreSplit() {
    const QByteArray long200(200, 'z');
    const auto bytes = serverFrame(0x81, "text") + serverFrame(0x02, "ab") + serverFrame(0x89, "ping") + serverFrame(0x80, "cd") +
                       serverFrame(0x82, long200);
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
      WebSocketFrames frames;
      QList<QByteArray> found;
      for (const auto& part : {bytes.left(split), bytes.mid(split)}) {
        frames.feed(part);
        while (const auto message = frames.next()) found.append(message->payload);
      }
      QCOMPARE(found, (QList<QByteArray>{"text", "ping", "abcd", long200}));
      QCOMPARE(frames.problem(), "");
    }
  }

  void wrongFramesEndTheConversation_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("reserved bit") << serverFrame(0xC1, "x");
    QTest::newRow("unknown opcode") << serverFrame(0x83, "x");
    QTest::newRow("masked") << QByteArray("\x81\x81\0\0\0\0x", 7);
    QTest::newRow("continuation of nothing") << serverFrame(0x80, "x");
    QTest::newRow("text within a message") << serverFrame(0x01, "x") + serverFrame(0x81, "y");
    QTest::newRow("fragmented ping") << serverFrame(0x09, "x");
    QTest::newRow("long ping") << serverFrame(0x89, QByteArray(126, 'x'));
    QTest::newRow("too large") << QByteArray("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10);
  }
  void wrongFramesEndTheConversation() {
    QFETCH(QByteArray, bytes);
    WebSocketFrames frames;
    frames.feed(bytes);
    QVERIFY(!frames.next());
    QVERIFY(*frames.problem() != '\0');
  }

  void framesOfAClientAreMasked() {
    QCOMPARE(clientFrame(WebSocketOpcode::Text, "Hello", 0x37fa213d),
             QByteArray("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11));
    QCOMPARE(clientFrame(WebSocketOpcode::Binary, QByteArray(126, 'x'), 0).left(4), QByteArray("\x82\xfe\x00\x7e", 4));
    QCOMPARE(clientFrame(WebSocketOpcode::Binary, QByteArray(65536, 'x'), 0).left(10),
             QByteArray("\x82\xff\0\0\0\0\0\x01\0\0", 10));
  }

  void theAcceptKeyIsThatOfTheStandard() {
    QCOMPARE(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  }
};

QTEST_GUILESS_MAIN(WebSocketFramesTest)
#include "websocketframestest.moc"
