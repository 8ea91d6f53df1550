// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Real shells read what is printed for them, so that a value cannot become a command.

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli/sdkmodules.h"
#include "app/cli/shellexports.h"

using namespace terrarium;

namespace {
const QString kHostile = QStringLiteral("a 'b' \"c\" $(touch x) `touch x` \\ \\' $HOME ; & | * # é \\n\n-e ) \t!");

SdkEnvironment hostile() {
  SdkEnvironment environment;
  environment.variables = {
      {QStringLiteral("FIRST"), kHostile}, {QStringLiteral("SECOND"), QStringLiteral("'")}, {QStringLiteral("THIRD"), {}}};
  environment.notes = {QStringLiteral("A note\ntouch x")};
  return environment;
}

// What `env -0` says after the shell has read `script`.
QByteArrayList variablesAfter(const QString& shell, const QStringList& arguments, const std::string& script) {
  QProcess process;
  process.setProcessEnvironment([] {
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/nonexistent"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return environment;
  }());
  process.start(shell, arguments);
  process.write(QByteArray::fromStdString(script));
  process.closeWriteChannel();
  if (!process.waitForFinished(20000) || process.exitCode() != 0)
    return {process.errorString().toUtf8(), process.readAllStandardError()};
  return process.readAllStandardOutput().split('\0');
}
}  // namespace

class ShellExportsTest : public QObject {
  Q_OBJECT

  void expectTaken(const QByteArrayList& variables) {
    QVERIFY2(variables.contains("FIRST=" + kHostile.toUtf8()), variables.join('|'));
    QVERIFY2(variables.contains("SECOND='"), variables.join('|'));
    QVERIFY2(variables.contains("THIRD="), variables.join('|'));
  }

 private slots:
  void posixShellsTakeValuesLiterally_data() {
    QTest::addColumn<QString>("shell");
    QTest::newRow("sh") << QStringLiteral("/bin/sh");
    QTest::newRow("bash") << QStringLiteral("/bin/bash");
  }
  void posixShellsTakeValuesLiterally() {
    QFETCH(QString, shell);
    expectTaken(variablesAfter(shell, {QStringLiteral("-c"), QStringLiteral("eval \"$(cat)\" && env -0")}, bashExports(hostile())));
  }

  void anEvalWithoutQuotesStillTakesPlainValues() {
    SdkEnvironment environment;
    environment.variables = {{QStringLiteral("FIRST"), QStringLiteral("1")}, {QStringLiteral("SECOND"), QStringLiteral("2")}};
    environment.notes = {QStringLiteral("note")};
    const auto taken = variablesAfter(QStringLiteral("/bin/bash"), {QStringLiteral("-c"), QStringLiteral("eval $(cat); env -0")},
                                      bashExports(environment));
    QVERIFY2(taken.contains("FIRST=1") && taken.contains("SECOND=2"), taken.join('|'));
  }

  void fishTakesValuesLiterally() {
    const QStringList arguments{QStringLiteral("--no-config"), QStringLiteral("-c"), QStringLiteral("source; and env -0")};
    expectTaken(variablesAfter(QStringLiteral("fish"), arguments, fishExports(hostile())));
  }

  void jsonHoldsTheValuesAsTheyAre() {
    const auto object = jsonExports(hostile());
    QCOMPARE(object.size(), 3);
    QCOMPARE(object.value(QStringLiteral("FIRST")).toString(), kHostile);
  }

  void modulesAreWrittenForTheUserAloneAndMendedWhenChanged() {
    QTemporaryDir home;
    const auto folder = home.filePath(QStringLiteral("data/sdk"));
    const auto written = writeSdkModules(folder);
    QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
    const auto own = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
    QCOMPARE(QFile::permissions(written->nodePreload), own);
    QCOMPARE(QFile::permissions(written->pythonFolder), own | QFileDevice::ExeOwner | QFileDevice::ExeUser);
    QFile file(written->nodePreload);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto content = file.readAll();
    file.close();
    QVERIFY(content.contains("superserve"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("process.exit(1)");
    file.close();
    QVERIFY(writeSdkModules(folder));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
  }

  void aFolderThatCannotBeWrittenIsNamed() {
    const auto written = writeSdkModules(QStringLiteral("/proc/terrarium/sdk"));
    QVERIFY(!written);
    QVERIFY(written.error().message.find("/proc/terrarium/sdk") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(ShellExportsTest)
#include "shellexportstest.moc"
