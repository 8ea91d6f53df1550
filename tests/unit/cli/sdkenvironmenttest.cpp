// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "app/cli/sdkenvironment.h"

using namespace terrarium;

namespace {
const Endpoint kEngine{QUrl(QStringLiteral("http://127.0.0.1:4711/")), QStringLiteral("key"), 1, {}};
const SdkModules kModules{QStringLiteral("/data/sdk/preload.cjs"), QStringLiteral("/data/sdk/python")};
const QString kPreload = QStringLiteral("--require=\"/data/sdk/preload.cjs\"");

QString valueOf(const SdkEnvironment& environment, const char* name) {
  for (const auto& [key, value] : environment.variables) {
    if (key == QLatin1String(name)) return value;
  }
  return QStringLiteral("(none)");
}

QProcessEnvironment with(const char* name, const QString& value) {
  QProcessEnvironment environment;
  environment.insert(QLatin1String(name), value);
  return environment;
}
}  // namespace

class SdkEnvironmentTest : public QObject {
  Q_OBJECT

 private slots:
  void bothPlanesAreNamed() {
    const auto made = sdkEnvironment(kEngine, kModules, NodeVersion{22, 1}, {});
    QCOMPARE(valueOf(made, "SUPERSERVE_BASE_URL"), QStringLiteral("http://127.0.0.1:4711"));
    QCOMPARE(valueOf(made, "SUPERSERVE_API_KEY"), QStringLiteral("key"));
    QCOMPARE(valueOf(made, "NODE_OPTIONS"), kPreload);
    QCOMPARE(valueOf(made, "PYTHONPATH"), QStringLiteral("/data/sdk/python"));
    QCOMPARE(valueOf(made, "NO_PROXY"), QStringLiteral("(none)"));
    QVERIFY(made.notes.front().contains(QLatin1String("hosted service")));
  }

  void whatWasThereIsKeptAndOursComesOnce() {
    auto present = with("NODE_OPTIONS", QStringLiteral("--max-old-space-size=64 --title=\"a b\""));
    present.insert(QStringLiteral("PYTHONPATH"), QStringLiteral("/mine:/other"));
    const auto once = sdkEnvironment(kEngine, kModules, NodeVersion{20, 10}, present);
    QCOMPARE(valueOf(once, "NODE_OPTIONS"),
             QStringLiteral("--max-old-space-size=64 --title=\"a b\" ") + kPreload + QStringLiteral(" --experimental-websocket"));
    QCOMPARE(valueOf(once, "PYTHONPATH"), QStringLiteral("/data/sdk/python:/mine:/other"));
    present.insert(QStringLiteral("NODE_OPTIONS"), valueOf(once, "NODE_OPTIONS"));
    present.insert(QStringLiteral("PYTHONPATH"), valueOf(once, "PYTHONPATH"));
    const auto twice = sdkEnvironment(kEngine, kModules, NodeVersion{20, 10}, present);
    QCOMPARE(valueOf(twice, "NODE_OPTIONS").count(kPreload), 1);
    QCOMPARE(valueOf(twice, "NODE_OPTIONS").count(QLatin1String("--experimental-websocket")), 1);
    QCOMPARE(valueOf(twice, "PYTHONPATH"), valueOf(once, "PYTHONPATH"));
  }

  void theWebSocketFlagFollowsTheVersion_data() {
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<bool>("flag");
    QTest::addColumn<QString>("note");
    QTest::newRow("16") << QByteArray("v16.20.2\n") << false << QStringLiteral("too old");
    QTest::newRow("18") << QByteArray("v18.20.4\n") << false << QStringLiteral("lacks WebSocket");
    QTest::newRow("20.9") << QByteArray("v20.9.0\n") << false << QStringLiteral("lacks WebSocket");
    QTest::newRow("20.10") << QByteArray("v20.10.0\n") << true << QStringLiteral("older than 22");
    QTest::newRow("21") << QByteArray("v21.0.0") << true << QStringLiteral("older than 22");
    QTest::newRow("22") << QByteArray("v22.0.0\n") << false << QString();
    QTest::newRow("24 nightly") << QByteArray("v24.0.0-nightly2024\n") << false << QString();
    QTest::newRow("none") << QByteArray("") << false << QStringLiteral("no Node.js");
    QTest::newRow("nonsense") << QByteArray("20.10.0") << false << QStringLiteral("no Node.js");
    QTest::newRow("too long") << QByteArray("v99999999999999.1.1") << false << QStringLiteral("no Node.js");
  }
  void theWebSocketFlagFollowsTheVersion() {
    QFETCH(QByteArray, printed);
    QFETCH(bool, flag);
    QFETCH(QString, note);
    const auto made = sdkEnvironment(kEngine, kModules, NodeVersion::parse(printed), {});
    QCOMPARE(valueOf(made, "NODE_OPTIONS").contains(QLatin1String("--experimental-websocket")), flag);
    QCOMPARE(made.notes.size(), note.isEmpty() ? 3U : 4U);
    QVERIFY2(note.isEmpty() || made.notes.back().contains(note), qPrintable(made.notes.back()));
  }

  void pathsAreQuotedForNode() {
    const SdkModules odd{QStringLiteral("/a \"b\\c/preload.cjs"), QStringLiteral("/py")};
    QCOMPARE(valueOf(sdkEnvironment(kEngine, odd, std::nullopt, {}), "NODE_OPTIONS"),
             QStringLiteral("--require=\"/a \\\"b\\\\c/preload.cjs\""));
  }

  void aColonInTheFolderIsAdmitted() {
    const SdkModules odd{QStringLiteral("/a:b/preload.cjs"), QStringLiteral("/a:b/python")};
    const auto made = sdkEnvironment(kEngine, odd, NodeVersion{22, 0}, {});
    QCOMPARE(valueOf(made, "PYTHONPATH"), QStringLiteral("(none)"));
    QVERIFY(made.notes.back().contains(QLatin1String("NOT")));
  }

  void theEngineIsReachedPastAProxy() {
    auto present = with("HTTPS_PROXY", QStringLiteral("http://proxy.test:3128"));
    present.insert(QStringLiteral("no_proxy"), QStringLiteral("intern.test"));
    const auto made = sdkEnvironment(kEngine, kModules, std::nullopt, present);
    QCOMPARE(valueOf(made, "NO_PROXY"), QStringLiteral("127.0.0.1,intern.test"));
    QCOMPARE(valueOf(made, "no_proxy"), QStringLiteral("127.0.0.1,intern.test"));
  }

  void theHostedServiceNeedsNoModules() {
    const Endpoint hosted{QUrl(QStringLiteral("https://api.superserve.ai")), QStringLiteral("key"), 0, {}};
    const auto made = sdkEnvironment(hosted, kModules, NodeVersion{22, 0}, {});
    QCOMPARE(made.variables.size(), 2U);
    QVERIFY(!isHostedService(QUrl(QStringLiteral("https://superserve.ai.test"))));
  }
};

QTEST_GUILESS_MAIN(SdkEnvironmentTest)
#include "sdkenvironmenttest.moc"
