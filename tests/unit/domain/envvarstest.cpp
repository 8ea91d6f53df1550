// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/domain/envvars.h"

using namespace terrarium;

namespace {

EnvVars::Entries manyVariables(int count) {
  EnvVars::Entries entries;
  for (int i = 0; i < count; ++i) entries["KEY" + std::to_string(i)] = "v";
  return entries;
}

/// Names of one letter and values that add up to that many bytes.
EnvVars::Entries ofSize(std::size_t bytes) {
  EnvVars::Entries entries;
  for (char key = 'A'; bytes > 0; ++key) {
    const auto value = std::min<std::size_t>(bytes - 1, 8000);
    entries[std::string(1, key)] = std::string(value, 'x');
    bytes -= value + 1;
  }
  return entries;
}

}  // namespace

Q_DECLARE_METATYPE(EnvVars::Entries)

class EnvVarsTest : public QObject {
  Q_OBJECT
 private slots:
  void variablesAreJudged_data() {
    QTest::addColumn<EnvVars::Entries>("entries");
    QTest::addColumn<QByteArray>("wrongField");
    QTest::addColumn<QByteArray>("inMessage");
    const auto row = [](const char* name, const EnvVars::Entries& entries, const QByteArray& field = {}, const char* message = "") {
      QTest::newRow(name) << entries << field << QByteArray(message);
    };
    row("none", {});
    row("64 variables", manyVariables(64));
    row("65 variables", manyVariables(65), "env_vars", "at most 64");
    row("name of 256 bytes", {{std::string(256, 'K'), ""}});
    row("name of 257 bytes", {{std::string(257, 'K'), ""}}, "env_vars." + QByteArray(257, 'K'), "at most 256");
    row("value of 8192 bytes", {{"K", std::string(8192, 'v')}});
    row("value of 8193 bytes", {{"K", std::string(8193, 'v')}}, "env_vars.K", "at most 8192");
    row("4097 two-byte letters are 8194 bytes", {{"K", QByteArray("\xC3\xA4").repeated(4097).toStdString()}}, "env_vars.K", "8194");
    row("65536 bytes in total", ofSize(65536));
    row("65537 bytes in total", ofSize(65537), "env_vars", "at most 65536");
    row("empty name", {{"", "v"}}, "env_vars", "empty name");
    row("'=' in the name", {{"A=B", "v"}}, "env_vars.A=B", "'='");
    row("NUL in the name", {{std::string("A\0B", 3), "v"}}, QByteArray("env_vars.A\0B", 12), "NUL");
    row("NUL in the value", {{"A", std::string("a\0b", 3)}}, "env_vars.A", "NUL");
    row("not UTF-8", {{"A", "\xC3"}}, "env_vars.A", "UTF-8");
    row("names with blanks and dots", {{"a b.c-d", "v"}});
    row("value with line breaks and '='", {{"A", "x=1\ny=2"}});
  }
  void variablesAreJudged() {
    QFETCH(EnvVars::Entries, entries);
    QFETCH(QByteArray, wrongField);
    QFETCH(QByteArray, inMessage);
    const auto variables = EnvVars::parse(entries);
    QCOMPARE(variables ? QByteArray() : QByteArray::fromStdString(variables.error().field), wrongField);
    if (variables) {
      QCOMPARE(variables->entries(), entries);
    } else {
      QVERIFY2(QByteArray::fromStdString(variables.error().message).contains(inMessage), variables.error().message.c_str());
    }
  }

  void everyProblemIsReported() {
    const auto found = EnvVars::problems({{"A=B", "v"}, {"C", "ok"}, {"D", std::string(8193, 'v')}});
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].field, std::string("env_vars.A=B"));
    QCOMPARE(found[1].field, std::string("env_vars.D"));
  }
};

QTEST_GUILESS_MAIN(EnvVarsTest)
#include "envvarstest.moc"
