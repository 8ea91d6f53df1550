// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official SDK, unmodified, on a real engine and real machines: the cases of tests/system/sdk in nothing but the environment
// that `terrariumctl env` prints, each with a verdict of its own.

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/system/support/caseresults.h"
#include "tests/system/support/liveengine.h"
#include "tests/system/support/nodetools.h"

using namespace terrarium;

class SdkTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    const auto cache = LiveEngine::sharedImageCache();
    NodeTools node(cache);
    const auto missing = node.install();
    QVERIFY2(missing.isEmpty(), missing);
    const auto unplaced = node.placePrograms(programs());
    QVERIFY2(unplaced.isEmpty(), unplaced);
    engine_ = std::make_unique<LiveEngine>(home_.filePath(QStringLiteral("home with 'space'")), cache);
    engine_->environment().insert(QStringLiteral("PATH"), node.binFolder() + QStringLiteral(":/usr/bin:/bin"));
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
    takeOverEnvironment();
    typescript_ = std::make_unique<CaseResults>(run(node.binFolder() + QStringLiteral("/node"), QStringLiteral("suite.mjs")));
    python_ = std::make_unique<CaseResults>(run(QStringLiteral("/usr/bin/python3"), QStringLiteral("bridge.py")));
  }

  void theUnmodifiedTypeScriptSdk_data() { addCases(*typescript_, 25); }
  void theUnmodifiedTypeScriptSdk() { expectPassed(*typescript_); }

  void theRequestsOfThePythonSdk_data() { addCases(*python_, 5); }
  void theRequestsOfThePythonSdk() { expectPassed(*python_); }

  void nothingIsLeftBehind() {
    QCOMPARE(engine_->call("GET", QStringLiteral("/sandboxes")).array().size(), 0);
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QCOMPARE(engine_->stop(), 0);
  }

 private:
  [[nodiscard]] QString programs() const { return home_.filePath(QStringLiteral("programs")); }

  void takeOverEnvironment() {
    const auto printed = engine_->ctl({QStringLiteral("env"), QStringLiteral("--shell"), QStringLiteral("json")});
    QVERIFY2(printed.exitCode == 0, printed.err);
    const auto variables = QJsonDocument::fromJson(printed.out).object();
    QVERIFY2(variables.contains(QLatin1String("NODE_OPTIONS")), printed.out);
    for (auto each = variables.begin(); each != variables.end(); ++each) environment_.insert(each.key(), each.value().toString());
    environment_.insert(QStringLiteral("PATH"), engine_->environment().value(QStringLiteral("PATH")));
  }

  QByteArray run(const QString& program, const QString& file) {
    constexpr int kLimitMs = 600000;
    const auto ended = runProgram(program, {file}, environment_, programs(), kLimitMs);
    if (ended.exitCode != 0) qWarning("%s ended with %d: %s", qPrintable(file), ended.exitCode, ended.err.constData());
    return ended.out;
  }

  static void addCases(const CaseResults& results, int atLeast) {
    QTest::addColumn<QString>("name");
    for (const auto& name : results.names()) QTest::newRow(qPrintable(name)) << name;
    // A program that did not even begin must not pass.
    if (results.names().size() < atLeast) QTest::newRow("the program began") << QStringLiteral("the program began");
  }

  static void expectPassed(const CaseResults& results) {
    QFETCH(QString, name);
    const auto problem = results.problem(name);
    QVERIFY2(problem.isEmpty(), problem);
  }

  QTemporaryDir home_;
  std::unique_ptr<LiveEngine> engine_;
  QProcessEnvironment environment_;
  std::unique_ptr<CaseResults> typescript_;
  std::unique_ptr<CaseResults> python_;
};

QTEST_GUILESS_MAIN(SdkTest)
#include "sdktest.moc"
