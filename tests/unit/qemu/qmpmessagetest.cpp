// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/qemu/linebuffer.h"
#include "backend/qemu/qmpmessage.h"

using namespace terrarium;

Q_DECLARE_METATYPE(terrarium::QmpMessage::Kind)

class QmpMessageTest : public QObject {
  Q_OBJECT

 private slots:
  void whatQemuSaysIsTakenApart_data();
  void whatQemuSaysIsTakenApart();
  void nonsenseIsRefused_data();
  void nonsenseIsRefused();
  void aCommandIsOneLine();
  void aStreamIsCutIntoTheSameLinesWhereverItWasSplit();
  void aLineThatIsTooLongIsRefused();
};

void QmpMessageTest::whatQemuSaysIsTakenApart_data() {
  using Kind = QmpMessage::Kind;
  QTest::addColumn<QByteArray>("line");
  QTest::addColumn<Kind>("kind");
  QTest::addColumn<qint64>("id");
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("description");
  const auto row = [](const char* tag, const char* line, Kind kind, qint64 id, const char* name, const char* description) {
    QTest::newRow(tag) << QByteArray(line) << kind << id << QString::fromLatin1(name) << QString::fromLatin1(description);
  };
  row("greeting", R"({"QMP":{"version":{"qemu":{"micro":22,"minor":2,"major":7},"package":"x"},"capabilities":["oob"]}})",
      Kind::Greeting, -1, "", "7.2.22");
  row("return", R"({"return":{},"id":12})", Kind::Return, 12, "", "");
  row("return of a text", R"({"id":3,"return":"yes"})", Kind::Return, 3, "", "");
  row("error", R"({"id":4,"error":{"class":"CommandNotFound","desc":"no such command"}})", Kind::Error, 4, "CommandNotFound",
      "no such command");
  row("error without id", R"({"error":{"class":"GenericError","desc":"bad JSON"}})", Kind::Error, -1, "GenericError", "bad JSON");
  row("event", R"({"timestamp":{"seconds":1},"event":"STOP"})", Kind::Event, -1, "STOP", "");
  row("event with data", R"({"event":"MIGRATION","data":{"status":"completed"}})", Kind::Event, -1, "MIGRATION", "");
  row("id that is no number", R"({"return":{},"id":"seven"})", Kind::Return, -1, "", "");
}

void QmpMessageTest::whatQemuSaysIsTakenApart() {
  QFETCH(QByteArray, line);
  QFETCH(QmpMessage::Kind, kind);
  QFETCH(qint64, id);
  QFETCH(QString, name);
  QFETCH(QString, description);
  const auto message = QmpMessage::parse(line);
  QVERIFY(message);
  QCOMPARE(message->kind, kind);
  QCOMPARE(message->id, id);
  QCOMPARE(message->name, name);
  QCOMPARE(message->description, description);
}

void QmpMessageTest::nonsenseIsRefused_data() {
  QTest::addColumn<QByteArray>("line");
  for (const char* line : {"", "x", "[]", "12", "{}", "{\"return\"", "{\"id\":1}", "{\"event\":7}", "{\"error\":\"text\",\"id\":1}",
                           "\xff\xfe", "{\"QMP\":1}"}) {
    QTest::addRow("%s", line) << QByteArray(line);
  }
  QTest::addRow("zero byte") << QByteArray("{\0}", 3);
  QTest::addRow("deep") << QByteArray(5000, '[');
}

void QmpMessageTest::nonsenseIsRefused() {
  QFETCH(QByteArray, line);
  const auto message = QmpMessage::parse(line);
  QVERIFY(!message);
  QCOMPARE(message.error().code, ErrorCode::Unavailable);
}

void QmpMessageTest::aCommandIsOneLine() {
  QCOMPARE(QmpMessage::command(7, QStringLiteral("cont"), {}), "{\"execute\":\"cont\",\"id\":7}\n");
  QCOMPARE(QmpMessage::command(8, QStringLiteral("getfd"), {{QStringLiteral("fdname"), QStringLiteral("a\nb")}}),
           "{\"arguments\":{\"fdname\":\"a\\nb\"},\"execute\":\"getfd\",\"id\":8}\n");
}

void QmpMessageTest::aStreamIsCutIntoTheSameLinesWhereverItWasSplit() {
  const QByteArray stream = "{\"return\":{},\"id\":1}\r\n\r\n{\"event\":\"STOP\"}\n{\"event\":\"a\\nb\"}\nrest";
  const QList<QByteArray> expected{"{\"return\":{},\"id\":1}", "{\"event\":\"STOP\"}", "{\"event\":\"a\\nb\"}"};
  for (qsizetype first = 0; first <= stream.size(); ++first) {
    for (qsizetype second = first; second <= stream.size(); ++second) {
      LineBuffer buffer(64);
      QList<QByteArray> lines;
      for (const auto& part : {stream.left(first), stream.mid(first, second - first), stream.mid(second)}) {
        QVERIFY(buffer.append(part));
        lines += buffer.takeLines();
      }
      QCOMPARE(lines, expected);
    }
  }
}

void QmpMessageTest::aLineThatIsTooLongIsRefused() {
  LineBuffer buffer(8);
  QVERIFY(buffer.append("12345678\n"));
  QVERIFY(buffer.append("1234"));
  QVERIFY(!buffer.append("56789"));
  LineBuffer other(8);
  QVERIFY(!other.append("123456789\n"));
}

QTEST_GUILESS_MAIN(QmpMessageTest)
#include "qmpmessagetest.moc"
