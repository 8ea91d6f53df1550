// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/envvars.h"

using namespace terrarium;

class DotEnvTest : public QObject {
  Q_OBJECT
 private slots:
  void linesAreUnderstood_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value, const char* key = "A") {
      QTest::newRow(text) << QByteArray(text) << QByteArray(key) << QByteArray(value);
    };
    row("A=1", "1");
    row("A=", "");
    row("  A = 1  ", "1");
    row("export A=1", "1");
    row("export\tA=1", "1");
    row("exported=1", "1", "exported");
    row("A=b=c", "b=c");
    row("A=one # two", "one");
    row("A=#one", "");
    row("A=http://x/#frag", "http://x/#frag");
    row("A=\"one # two\"", "one # two");
    row("A=\"one\" # two", "one");
    row("A=\"a\\nb\\tc\\\"d\\\\e\"", "a\nb\tc\"d\\e");
    row("A=\"a\\qb\"", "a\\qb");
    row("A='a\\nb \"c\"'", "a\\nb \"c\"");
    row("A=\"\"", "");
    row("A=it's", "it's");
    row("A=1\r\n", "1");
    row("\xEF\xBB\xBF"
        "A=1",
        "1");
    row("my.key-2=1", "1", "my.key-2");
  }
  void linesAreUnderstood() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    const auto found = parseDotEnv(text.toStdString());
    QVERIFY(found.errors.empty());
    QCOMPARE(found.assignments.size(), std::size_t{1});
    QCOMPARE(QByteArray::fromStdString(found.assignments[0].key), key);
    QCOMPARE(QByteArray::fromStdString(found.assignments[0].value), value);
    QCOMPARE(found.assignments[0].line, 1);
  }

  void brokenLinesAreReported_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no equals sign") << QByteArray("just text");
    QTest::newRow("no name") << QByteArray("=value");
    QTest::newRow("name begins with a digit") << QByteArray("1A=x");
    QTest::newRow("blank in the name") << QByteArray("A B=x");
    QTest::newRow("open double quote") << QByteArray("A=\"x");
    QTest::newRow("open single quote") << QByteArray("A='x");
    QTest::newRow("escaped closing quote") << QByteArray("A=\"x\\\"");
    QTest::newRow("text behind the quote") << QByteArray("A=\"x\"y");
    QTest::newRow("export of nothing") << QByteArray("export");
  }
  void brokenLinesAreReported() {
    QFETCH(QByteArray, line);
    const auto found = parseDotEnv("# first\n" + line.toStdString() + "\nB=2\n");
    QCOMPARE(found.errors.size(), std::size_t{1});
    QCOMPARE(found.errors[0].field, std::string("env_vars"));
    QVERIFY2(found.errors[0].message.rfind("Line 2 ", 0) == 0, found.errors[0].message.c_str());
    QCOMPARE(found.assignments, (std::vector<DotEnvAssignment>{{"B", "2", 3}}));
  }

  void orderAndDoublesAreKept() {
    const auto found = parseDotEnv("B=1\n\n  # comment\nA=2\nB=3");
    QVERIFY(found.errors.empty());
    QCOMPARE(found.assignments, (std::vector<DotEnvAssignment>{{"B", "1", 1}, {"A", "2", 4}, {"B", "3", 5}}));
  }

  void nothingGivesNothing() {
    QVERIFY(parseDotEnv("").assignments.empty());
    QVERIFY(parseDotEnv("\n\n").errors.empty());
  }
};

QTEST_GUILESS_MAIN(DotEnvTest)
#include "dotenvtest.moc"
