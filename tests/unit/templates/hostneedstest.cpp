// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/templates/hostneeds.h"
#include "backend/templates/kernelpackage.h"

using namespace terrarium;

class HostNeedsTest : public QObject {
  Q_OBJECT
 private slots:
  void rangesAreFoundByNameAndNumber();
  void aNewRangeStartsAboveAllOthers();
  void failuresAreExplained_data();
  void failuresAreExplained();
  void theKernelIsFoundInTheLists();
};

void HostNeedsTest::rangesAreFoundByNameAndNumber() {
  const auto has = [](const char* text) {
    return HostNeeds::hasRange(QLatin1String(text), QStringLiteral("ann"), QStringLiteral("1000"));
  };
  QVERIFY(has("bob:100000:65536\nann:165536:65536\n"));
  QVERIFY(has("1000:165536:65536\n"));
  QVERIFY(!has("ann:165536:1000\n"));
  QVERIFY(!has("anna:165536:65536\n"));
  QVERIFY(!has(""));
}

void HostNeedsTest::aNewRangeStartsAboveAllOthers() {
  QCOMPARE(HostNeeds::firstFreeId({}), 100000);
  QCOMPARE(HostNeeds::firstFreeId(QStringLiteral("a:200000:65536\nb:100000:65536\n")), 265536);
}

void HostNeedsTest::failuresAreExplained_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<ErrorCode>("code");
  QTest::addColumn<QString>("says");
  const auto row = [](const char* name, const char* line, ErrorCode code, const char* says) {
    QTest::newRow(name) << QString::fromLatin1(line) << code << QString::fromLatin1(says);
  };
  row("full disk", "tar: ./usr/bin/git: Cannot write: No space left on device", ErrorCode::StorageFull, "Free some space");
  row("no name service", "Err:1 x Temporary failure resolving 'mirror.example'", ErrorCode::Unavailable, "network connection");
  row("curl without network", "curl: (6) Could not resolve host: registry.example", ErrorCode::Unavailable, "network connection");
  row("old lists", "E: Failed to fetch http://mirror.example/x.deb  404  Not Found", ErrorCode::Unavailable, "sudo apt-get update");
  row("namespaces forbidden", "unshare: unshare failed: Operation not permitted", ErrorCode::Unavailable, "sudo sysctl");
  row("no mapping", "newuidmap: write to uid_map failed: Operation not permitted", ErrorCode::Unavailable, "uidmap");
  row("a hook's program", "tar: /t/base.tar: Cannot open: Permission denied\nE: setup failed: E: command failed: tar -C",
      ErrorCode::Internal, "base.tar: Cannot open: Permission denied. The build log");
  row("anything else", "E: Unable to locate package foo", ErrorCode::Internal, "Unable to locate package foo. The build log");
}

void HostNeedsTest::failuresAreExplained() {
  QFETCH(QString, line);
  QFETCH(ErrorCode, code);
  QFETCH(QString, says);
  const auto lines = line.split(QLatin1Char('\n')) + QStringList{QStringLiteral("E: mmdebstrap failed to run")};
  const auto error = HostNeeds::explain(QStringLiteral("Stage"), QStringLiteral("x ended with status 1"), lines);
  QCOMPARE(error.code, code);
  QVERIFY2(error.message.find(says.toStdString()) != std::string::npos, error.message.c_str());
  QVERIFY(error.detail.find(line.toStdString()) != std::string::npos);
}

void HostNeedsTest::theKernelIsFoundInTheLists() {
  const auto found = KernelPackage::fromAptCache(
      QStringLiteral("Package: linux-image-cloud-amd64\nVersion: 6.1.9-2\nDepends: linux-image-6.1.0-5-cloud-amd64 (= 6.1.9-2)\n"));
  QVERIFY(found);
  QCOMPARE(found->request(), QStringLiteral("linux-image-6.1.0-5-cloud-amd64=6.1.9-2"));
  QCOMPARE(KernelPackage::fromFolderName(found->folderName()), *found);
  const auto none = KernelPackage::fromAptCache(QStringLiteral("E: No packages found"));
  QVERIFY(!none);
  QVERIFY(none.error().message.find("sudo apt-get update") != std::string::npos);
}

QTEST_GUILESS_MAIN(HostNeedsTest)
#include "hostneedstest.moc"
