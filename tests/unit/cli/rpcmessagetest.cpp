// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QJsonDocument>
#include <QTest>

#include "app/cli/mcp/boundedtext.h"
#include "app/cli/mcp/linesplitter.h"
#include "app/cli/mcp/rpcmessage.h"

using namespace terrarium;

class RpcMessageTest : public QObject {
  Q_OBJECT

 private slots:
  void messagesAreToldApart() {
    const auto request = parseRpcMessage(R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x"}})");
    QVERIFY(request && request->kind == RpcMessage::Kind::Request);
    QCOMPARE(request->method, QStringLiteral("tools/call"));
    QCOMPARE(request->id.toInteger(), 7);
    QCOMPARE(request->params.value(QStringLiteral("name")).toString(), QStringLiteral("x"));
    const auto notification = parseRpcMessage(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    QVERIFY(notification && notification->kind == RpcMessage::Kind::Notification);
    for (const char* text :
         {R"({"jsonrpc":"2.0","id":1,"result":{}})", R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}})"}) {
      const auto response = parseRpcMessage(text);
      QVERIFY(response && response->kind == RpcMessage::Kind::Response);
    }
  }

  void hostileLinesAreRefused_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char* name, const QByteArray& line, int code, const char* id = "null") {
      QTest::newRow(name) << line << code << QByteArray(id);
    };
    row("no JSON", "hello", -32700);
    row("half an object", R"({"jsonrpc":"2.0","id":1)", -32700);
    row("two objects", R"({"jsonrpc":"2.0","id":1,"method":"a"}{})", -32700);
    row("broken UTF-8", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\xfe\"}", -32700);
    row("a NUL", QByteArray("{\"jsonrpc\":\"2.0\"\0}", 18), -32700);
    row("deep", QByteArray(100000, '['), -32700);
    row("deep objects", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":" + QByteArray("{\"a\":").repeated(5000),
        -32700);
    row("a number", "5", -32700);
    row("a batch", R"([{"jsonrpc":"2.0","id":1,"method":"a"}])", -32600);
    row("no version", R"({"id":1,"method":"a"})", -32600, "1");
    row("version as number", R"({"jsonrpc":2.0,"id":1,"method":"a"})", -32600, "1");
    row("old version", R"({"jsonrpc":"1.0","id":"x","method":"a"})", -32600, "\"x\"");
    row("null id", R"({"jsonrpc":"2.0","id":null,"method":"a"})", -32600);
    row("object id", R"({"jsonrpc":"2.0","id":{},"method":"a"})", -32600);
    row("fraction id", R"({"jsonrpc":"2.0","id":1.5,"method":"a"})", -32600);
    row("long id", "{\"jsonrpc\":\"2.0\",\"id\":\"" + QByteArray(5000, 'x') + "\",\"method\":\"a\"}", -32600);
    row("no method", R"({"jsonrpc":"2.0","id":1})", -32600, "1");
    row("method as number", R"({"jsonrpc":"2.0","id":1,"method":5})", -32600, "1");
    row("params as array", R"({"jsonrpc":"2.0","id":1,"method":"a","params":[1]})", -32600, "1");
    row("params as null", R"({"jsonrpc":"2.0","id":1,"method":"a","params":null})", -32600, "1");
  }
  void hostileLinesAreRefused() {
    QFETCH(QByteArray, line);
    QFETCH(int, code);
    QFETCH(QByteArray, id);
    const auto message = parseRpcMessage(line);
    QVERIFY(!message);
    QCOMPARE(static_cast<int>(message.error().error), code);
    const auto reply = rpcProblem(message.error());
    QVERIFY2(reply.contains("\"id\":" + id + ","), reply);
    QCOMPARE(reply.count('\n'), 1);
  }

  void idsComeBackAsTheyWere() {
    for (const QByteArray id : {"0", "-3", "9007199254740993", "\"1\"", "\"\\u0000\\n\""}) {
      const auto message = parseRpcMessage("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
      QVERIFY2(message.has_value(), id);
      QVERIFY2(rpcResult(message->id, {}).contains("\"id\":" + id + ","), rpcResult(message->id, {}));
    }
    QVERIFY(rpcKey(QJsonValue(1)) != rpcKey(QJsonValue(QStringLiteral("1"))));
  }

  void linesAreFoundWhereverTheStreamIsCut() {
    const QByteArray stream =
        "first\r\n\nsecond\n" + QByteArray(20, 'x') + "\nthird\n" + QByteArray(11, 'y') + "\n0123456789\nrest";
    const QByteArrayList wanted{"first", "", "second", "(long)", "third", "(long)", "0123456789"};
    for (qsizetype piece = 1; piece <= stream.size(); ++piece) {
      LineSplitter splitter(10);
      QByteArrayList lines;
      for (qsizetype at = 0; at < stream.size(); at += piece) {
        splitter.feed(stream.mid(at, piece));
        while (const auto line = splitter.next()) lines << (line->isTooLong ? QByteArray("(long)") : line->text);
      }
      QCOMPARE(lines, wanted);
    }
  }

  void outputKeepsItsBeginningAndItsEnd() {
    BoundedText small(100);
    small.append("whole");
    QVERIFY(!small.isCut());
    QCOMPARE(small.text(), QStringLiteral("whole"));
    for (int piece : {1, 7, 64, 100000}) {
      const QByteArray all = "begin" + QByteArray("é").repeated(5000) + "end";
      BoundedText text(1000);
      for (qsizetype at = 0; at < all.size(); at += piece) text.append(all.mid(at, piece));
      QVERIFY(text.isCut());
      const auto shown = text.text();
      QVERIFY2(shown.startsWith(QStringLiteral("begin\u00e9")) && shown.endsWith(QStringLiteral("\u00e9end")), qPrintable(shown));
      QVERIFY(!shown.contains(QChar(QChar::ReplacementCharacter)));
      QVERIFY(shown.contains(QStringLiteral("of 10008 bytes are left out here")));
      QVERIFY(shown.toUtf8().size() < 1100);
    }
  }

  void charactersAreNotCut_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("atEnd");
    QTest::addColumn<QByteArray>("atBeginning");
    QTest::newRow("empty") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("ascii") << QByteArray("ab") << QByteArray("ab") << QByteArray("ab");
    QTest::newRow("whole") << QByteArray("a\xc3\xa9") << QByteArray("a\xc3\xa9") << QByteArray("a\xc3\xa9");
    QTest::newRow("half of two") << QByteArray("a\xc3") << QByteArray("a") << QByteArray("a\xc3");
    QTest::newRow("three of four") << QByteArray("a\xf0\x9f\x98") << QByteArray("a") << QByteArray("a\xf0\x9f\x98");
    QTest::newRow("tail first") << QByteArray("\x98\x80z") << QByteArray("\x98\x80z") << QByteArray("z");
    QTest::newRow("nothing but tails") << QByteArray(6, '\x80') << QByteArray(6, '\x80') << QByteArray(3, '\x80');
  }
  void charactersAreNotCut() {
    QFETCH(QByteArray, text);
    QTEST(withoutCutEnd(text), "atEnd");
    QTEST(withoutCutBeginning(text), "atBeginning");
  }
};

QTEST_GUILESS_MAIN(RpcMessageTest)
#include "rpcmessagetest.moc"
