// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

// `terrariumctl mcp` with the official client of the protocol as its peer, on a real engine and real machines.

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "tests/system/support/caseresults.h"
#include "tests/system/support/liveengine.h"
#include "tests/system/support/nodetools.h"

using namespace terrarium;

class McpTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QVERIFY(home_.isValid());
    const auto cache = LiveEngine::sharedImageCache();
    NodeTools node(cache);
    const auto missing = node.install();
    QVERIFY2(missing.isEmpty(), missing);
    const auto programs = home_.filePath(QStringLiteral("programs"));
    const auto unplaced = node.placePrograms(programs);
    QVERIFY2(unplaced.isEmpty(), unplaced);
    engine_ = std::make_unique<LiveEngine>(home_.filePath(QStringLiteral("home")), cache);
    const auto problem = engine_->startWithBase();
    QVERIFY2(problem.isEmpty(), problem);
    constexpr int kLimitMs = 600000;
    const auto server = QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../bin/terrariumctl"));
    const auto ended = runProgram(node.binFolder() + QStringLiteral("/node"), {QStringLiteral("mcp.mjs"), server},
                                  engine_->environment(), programs, kLimitMs);
    if (ended.exitCode != 0) qWarning("mcp.mjs ended with %d: %s", ended.exitCode, ended.err.constData());
    results_ = std::make_unique<CaseResults>(ended.out);
  }

  void theOfficialClient_data() {
    QTest::addColumn<QString>("name");
    for (const auto& name : results_->names()) QTest::newRow(qPrintable(name)) << name;
    // A program that did not even begin must not pass.
    if (results_->names().size() < 10) QTest::newRow("the program began") << QStringLiteral("the program began");
  }
  void theOfficialClient() {
    QFETCH(QString, name);
    const auto problem = results_->problem(name);
    QVERIFY2(problem.isEmpty(), problem);
  }

  void nothingIsLeftBehind() {
    QCOMPARE(engine_->call("GET", QStringLiteral("/sandboxes")).array().size(), 0);
    QTRY_COMPARE(engine_->machinePids().size(), 0);
    QCOMPARE(engine_->stop(), 0);
  }

 private:
  QTemporaryDir home_;
  std::unique_ptr<LiveEngine> engine_;
  std::unique_ptr<CaseResults> results_;
};

QTEST_GUILESS_MAIN(McpTest)
#include "mcptest.moc"
