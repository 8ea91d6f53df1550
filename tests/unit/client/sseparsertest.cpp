// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/client/sseparser.h"

using namespace terrarium;

class SseParserTest : public QObject {
  Q_OBJECT

 private slots:
  void streamsAreCutIntoEvents_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<SseEvent>>("events");
    const auto row = [](const char* name, const char* bytes, const QList<SseEvent>& events) {
      QTest::newRow(name) << QByteArray(bytes) << events;
    };
    row("named", "event: sandbox\ndata: {}\n\n", {{"sandbox", "{}"}});
    row("unnamed", "data: a\n\n", {{"", "a"}});
    row("two", "data: a\n\ndata: b\n\n", {{"", "a"}, {"", "b"}});
    row("several lines", "data: a\ndata: b\n\n", {{"", "a\nb"}});
    row("CRLF", "event: x\r\ndata: a\r\n\r\n", {{"x", "a"}});
    row("CR", "data: a\r\rdata: b\r\r", {{"", "a"}, {"", "b"}});
    row("comment", ": keepalive\n\ndata: a\n\n", {{"", "a"}});
    row("no blank after colon", "data:a\n\n", {{"", "a"}});
    row("one blank only is taken", "data:  a\n\n", {{"", " a"}});
    row("name does not stay", "event: x\ndata: a\n\ndata: b\n\n", {{"x", "a"}, {"", "b"}});
    row("name without data is nothing", "event: x\n\n", {});
    row("unknown fields", "id: 1\nretry: 5\ndata\ndata: a\n\n", {{"", "\na"}});
    row("unfinished", "data: a\n", {});
  }
  void streamsAreCutIntoEvents() {
    QFETCH(QByteArray, bytes);
    QFETCH(QList<SseEvent>, events);
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
      SseParser parser;
      auto found = parser.feed(bytes.left(split));
      found += parser.feed(bytes.mid(split));
      QCOMPARE(found.size(), events.size());
      QVERIFY2(found == events, qPrintable(QStringLiteral("split at %1").arg(split)));
    }
  }

  void anEventThatIsTooLargeIsDropped() {
    SseParser parser;
    const QByteArray large(SseParser::kMaxEventBytes + 10, 'x');
    const auto events = parser.feed("data: " + large + "\n\ndata: small\n\n");
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().data, QByteArray("small"));
    QCOMPARE(parser.droppedEvents(), 1);
  }
};

QTEST_GUILESS_MAIN(SseParserTest)
#include "sseparsertest.moc"
