// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/wire/requestjson.h"

using namespace terrarium;

class RequestJsonTest : public QObject {
  Q_OBJECT
 private slots:
  void aCreateRequestIsReadStrictly_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");  // "-": accepted
    const auto row = [](const char* name, const char* body, const char* field) {
      QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(field);
    };
    row("least", R"({"name":"a"})", "-");
    row("white space around", " {\n\"name\" : \"a\" }\r\n", "-");
    row("nulls count as absent", R"({"name":"a","timeout_seconds":null,"metadata":null,"network":null})", "-");
    row("nothing", "", "name");
    row("empty", "{}", "name");
    row("null name", R"({"name":null})", "name");
    row("name a number", R"({"name":1})", "name");
    row("unknown field", R"({"name":"a","nmae":"b"})", "nmae");
    row("unknown inner field", R"({"name":"a","network":{"allow":[]}})", "network.allow");
    row("whole number with a point", R"({"name":"a","timeout_seconds":60.0})", "timeout_seconds");
    row("whole number with an exponent", R"({"name":"a","timeout_seconds":1e3})", "timeout_seconds");
    row("exponent inside", R"({"name":"a","metadata":{"x":"1.5"},"env_vars":{"A":1E+2}})", "env_vars.A");
    row("negative", R"({"name":"a","timeout_seconds":-60})", "timeout_seconds");
    row("number in text", R"({"name":"1.0","metadata":{"1e3":"-1.5e3"}})", "-");
    row("fraction", R"({"name":"a","timeout_seconds":1.5})", "timeout_seconds");
    row("number as text", R"({"name":"a","timeout_seconds":"42"})", "timeout_seconds");
    row("too large to be exact", R"({"name":"a","timeout_seconds":1e300})", "timeout_seconds");
    row("out of range", R"({"name":"a","timeout_seconds":0})", "timeout_seconds");
    row("boolean", R"({"name":"a","timeout_seconds":true})", "timeout_seconds");
    row("metadata a list", R"({"name":"a","metadata":[]})", "metadata");
    row("metadata value a number", R"({"name":"a","metadata":{"count":42}})", "metadata.count");
    row("metadata value null", R"({"name":"a","metadata":{"x":null}})", "metadata.x");
    row("env value an object", R"({"name":"a","env_vars":{"X":{}}})", "env_vars.X");
    row("rules an object", R"({"name":"a","network":{"allow_out":{}}})", "network.allow_out");
    row("rule a number", R"({"name":"a","network":{"deny_out":["1.2.3.4",5]}})", "network.deny_out[1]");
    row("key twice", R"({"name":"a","name":"b"})", "");
    row("key twice by escape", R"({"name":"a","n\u0061me":"b"})", "");
    row("inner key twice", R"({"name":"a","metadata":{"x":"1","x":"2"}})", "");
    row("same key in two objects", R"({"name":"a","metadata":{"x":"1"},"env_vars":{"x":"2"}})", "-");
    row("braces and quotes in text", "{\"name\":\"a\",\"metadata\":{\"x\":\"{\\\"x\\\":1,\\\"x\\\":2}\"}}", "-");
    row("trailing data", R"({"name":"a"} x)", "");
    row("two objects", R"({"name":"a"}{})", "");
    row("a list", "[]", "");
    row("a text", "\"a\"", "");
    row("null", "null", "");
    row("cut off", R"({"name":"a")", "");
    row("no UTF-8", "{\"name\":\"\xff\"}", "");
  }
  void aCreateRequestIsReadStrictly() {
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    const auto read = readCreateRequest(body);
    if (field == QLatin1String("-")) {
      QVERIFY2(read, read ? "" : read.error().message.c_str());
      return;
    }
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadRequest);
    QCOMPARE(QString::fromStdString(read.error().field), field);
    QVERIFY(!read.error().message.empty());
  }

  void whatIsWrongIsSaidOnce() {
    QCOMPARE(
        QString::fromStdString(readPatchRequest(R"({"nmae":"b"})").error().message),
        QStringLiteral("unknown field 'nmae'; known are: auto_delete_seconds, metadata, network, preview_access, timeout_seconds"));
    QCOMPARE(QString::fromStdString(readCreateRequest("{}").error().message),
             QStringLiteral("name is missing: 1 to 64 characters are accepted."));
    QCOMPARE(QString::fromStdString(readCreateRequest(R"({"name":""})").error().message),
             QStringLiteral("name is empty: 1 to 64 characters are accepted."));
  }

  void depthIsBounded() {
    QVERIFY(!readCreateRequest(QByteArray(100'000, '[')));
    QVERIFY(!readCreateRequest("{\"name\":\"a\",\"metadata\":" + QByteArray("{\"a\":").repeated(100'000)));
  }

  void aPatchTellsAbsentFromNull() {
    QVERIFY(!readPatchRequest("{}"));
    QVERIFY(!readPatchRequest(""));
    for (const char* body : {R"({"metadata":null,"timeout_seconds":60})", R"({"network":null,"timeout_seconds":60})"})
      QVERIFY2(!readPatchRequest(body), body);
    const auto cleared = readPatchRequest(R"({"timeout_seconds":null})");
    QVERIFY(cleared);
    const auto request = cleared->toRequest();
    QVERIFY(request.timeoutSeconds.has_value());
    QVERIFY(!request.timeoutSeconds->has_value());
    QVERIFY(!request.autoDeleteSeconds.has_value());
    QVERIFY(!readPatchRequest(R"({"timeout_seconds":"60"})"));
    QVERIFY(!readPatchRequest(R"({"name":"b"})"));
  }

  void anExecRequestIsReadStrictly_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("command") << QByteArray(R"({"command":"x"})") << true;
    QTest::newRow("all") << QByteArray(R"({"command":"x","args":["a"],"env":{"A":"b"},"working_dir":"/","timeout_s":1})") << true;
    QTest::newRow("no command") << QByteArray(R"({"args":["a"]})") << false;
    QTest::newRow("empty command") << QByteArray(R"({"command":""})") << false;
    QTest::newRow("argument a number") << QByteArray(R"({"command":"x","args":[1]})") << false;
    QTest::newRow("no time") << QByteArray(R"({"command":"x","timeout_s":0})") << false;
    QTest::newRow("too much time") << QByteArray(R"({"command":"x","timeout_s":604801})") << false;
    QTest::newRow("unknown") << QByteArray(R"({"command":"x","timeout_ms":1})") << false;
  }
  void anExecRequestIsReadStrictly() {
    QFETCH(QByteArray, body);
    QFETCH(bool, accepted);
    QCOMPARE(readExecRequest(body).has_value(), accepted);
  }
};

QTEST_APPLESS_MAIN(RequestJsonTest)
#include "requestjsontest.moc"
