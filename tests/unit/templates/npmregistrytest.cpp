// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/templates/npmregistry.h"

using namespace terrarium;

class NpmRegistryTest : public QObject {
  Q_OBJECT
 private slots:
  void cleanup() { qunsetenv("npm_config_registry"); }
  void addressesOfArchives();
  void npmrcNamesTheRegistry_data();
  void npmrcNamesTheRegistry();
  void theEnvironmentWins();
  void integrityBecomesHexadecimal();
};

namespace {

NpmPackage package(const char* name) { return {name, "1.2.3", "sha512-AAECAw==", "/x", "", {}}; }

}  // namespace

void NpmRegistryTest::addressesOfArchives() {
  const NpmRegistry registry(QStringLiteral("https://r.example/npm/"));
  QCOMPARE(registry.archiveUrl(package("pnpm")), QStringLiteral("https://r.example/npm/pnpm/-/pnpm-1.2.3.tgz"));
  QCOMPARE(registry.archiveUrl(package("@a/b")), QStringLiteral("https://r.example/npm/@a/b/-/b-1.2.3.tgz"));
  QCOMPARE(NpmRegistry::archiveName(package("@a/b")), QStringLiteral("a-b-1.2.3.tgz"));
}

void NpmRegistryTest::npmrcNamesTheRegistry_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("registry");
  const auto expected = QStringLiteral("https://r.example/");
  QTest::newRow("plain") << QStringLiteral("registry=https://r.example/\n") << expected;
  QTest::newRow("blanks and quotes") << QStringLiteral("a=b\n registry = \"https://r.example/\"\n") << expected;
  QTest::newRow("of a scope") << QStringLiteral("@a:registry=https://r.example/\n") << QString();
  QTest::newRow("comment") << QStringLiteral("#registry=https://r.example/\n") << QString();
  QTest::newRow("empty") << QString() << QString();
}

void NpmRegistryTest::npmrcNamesTheRegistry() {
  QFETCH(QString, text);
  QFETCH(QString, registry);
  QCOMPARE(NpmRegistry::registryInNpmrc(text), registry);
}

void NpmRegistryTest::theEnvironmentWins() {
  qputenv("npm_config_registry", "https://env.example");
  QCOMPARE(NpmRegistry::fromEnvironment().base(), QStringLiteral("https://env.example"));
}

void NpmRegistryTest::integrityBecomesHexadecimal() { QCOMPARE(NpmRegistry::sha512Hex(package("a")), QStringLiteral("00010203")); }

QTEST_GUILESS_MAIN(NpmRegistryTest)
#include "npmregistrytest.moc"
