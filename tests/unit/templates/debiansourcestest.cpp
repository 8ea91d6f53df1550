// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "backend/templates/debiansources.h"

using namespace terrarium;

class DebianSourcesTest : public QObject {
  Q_OBJECT
 private slots:
  void listsAreFiltered_data();
  void listsAreFiltered();
  void stanzasAreFiltered_data();
  void stanzasAreFiltered();
  void allFilesOfTheMachineAreRead();
};

void DebianSourcesTest::listsAreFiltered_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("accepted");
  const QByteArray plain("deb http://mirror.example/debian bookworm main\n");
  QTest::newRow("plain") << plain << plain;
  QTest::newRow("other components are dropped")
      << QByteArray("deb http://mirror.example/debian bookworm main contrib non-free\n") << plain;
  QTest::newRow("security") << QByteArray("deb http://mirror.example/debian-security bookworm-security main")
                            << QByteArray("deb http://mirror.example/debian-security bookworm-security main\n");
  QTest::newRow("options")
      << QByteArray(
             "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://m.example b main\n"
             "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://m.example bookworm main\n")
      << QByteArray("deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://m.example bookworm main\n");
  QTest::newRow("another vendor") << QByteArray("deb [signed-by=/etc/keys/vendor.gpg] http://vendor.example bookworm main\n")
                                  << QByteArray();
  QTest::newRow("another suite") << QByteArray("deb http://mirror.example/debian bookworm-backports main\n") << QByteArray();
  QTest::newRow("sources") << QByteArray("deb-src http://mirror.example/debian bookworm main\n") << QByteArray();
  QTest::newRow("comment") << QByteArray("# deb http://mirror.example/debian bookworm main\n") << QByteArray();
  QTest::newRow("without main") << QByteArray("deb http://vendor.example bookworm stable\n") << QByteArray();
}

void DebianSourcesTest::listsAreFiltered() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, accepted);
  QCOMPARE(DebianSources::fromList(text, QStringLiteral("bookworm")), accepted);
}

void DebianSourcesTest::stanzasAreFiltered_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("accepted");
  QTest::newRow("two suites")
      << QByteArray("Types: deb\n# why\nURIs: http://m.example\nSuites: bookworm bookworm-updates\nComponents: main\n")
      << QByteArray("deb http://m.example bookworm main\ndeb http://m.example bookworm-updates main\n");
  QTest::newRow("folded") << QByteArray(
                                 "Types: deb deb-src\nURIs: http://m.example\nSuites:\n bookworm\nComponents: main contrib\n")
                          << QByteArray("deb http://m.example bookworm main\n");
  QTest::newRow("disabled") << QByteArray("Enabled: no\nTypes: deb\nURIs: http://m.example\nSuites: bookworm\nComponents: main\n")
                            << QByteArray();
  QTest::newRow("vendor, then Debian")
      << QByteArray(
             "Types: deb\nURIs: http://v.example\nSuites: bookworm\nComponents: main\nSigned-By: /v.gpg\n"
             "\nTypes: deb\nURIs: http://m.example\nSuites: bookworm\nComponents: main\n")
      << QByteArray("deb http://m.example bookworm main\n");
}

void DebianSourcesTest::stanzasAreFiltered() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, accepted);
  QCOMPARE(DebianSources::fromStanzas(text, QStringLiteral("bookworm")), accepted);
}

void DebianSourcesTest::allFilesOfTheMachineAreRead() {
  QTemporaryDir apt;
  QVERIFY(QDir(apt.path()).mkpath(QStringLiteral("sources.list.d")));
  const auto write = [&](const char* name, const QByteArray& content) {
    QFile file(apt.filePath(QLatin1String(name)));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
  };
  QVERIFY(write("sources.list", "deb http://a.example bookworm main\n"));
  QVERIFY(write("sources.list.d/b.list", "deb http://b.example bookworm-updates main\n"));
  QVERIFY(write("sources.list.d/c.sources", "Types: deb\nURIs: http://c.example\nSuites: bookworm-security\nComponents: main\n"));
  QVERIFY(write("sources.list.d/d.list.disabled", "deb http://d.example bookworm main\n"));
  QCOMPARE(DebianSources::forSuite(QStringLiteral("bookworm"), apt.path()),
           QByteArray("deb http://a.example bookworm main\ndeb http://b.example bookworm-updates main\n"
                      "deb http://c.example bookworm-security main\n"));
}

QTEST_GUILESS_MAIN(DebianSourcesTest)
#include "debiansourcestest.moc"
