// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "backend/demo/demofiletree.h"
#include "backend/demo/demozip.h"

using namespace terrarium;

class DemoFileTreeTest : public QObject {
  Q_OBJECT
 private slots:
  void pathsAreNormalized_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("normalized");
    const auto row = [](const char* path, const char* normalized) {
      QTest::newRow(path) << QByteArray(path) << QByteArray(normalized);
    };
    row("/", "/");
    row("//a///b/", "/a/b");
    row("/a/./b/.", "/a/b");
    row("/a/../b", "/b");
    row("/../..", "/");
    row("/..a/b..", "/..a/b..");
  }
  void pathsAreNormalized() {
    QFETCH(QByteArray, path);
    QTEST(QByteArray::fromStdString(normalizedPath(path.toStdString())), "normalized");
  }

  void removingAFolderRemovesWhatIsBelowButNotItsNeighbour() {
    DemoFileTree tree("x", 0);
    QVERIFY(tree.write("/tmp/a/b", "1"));
    QVERIFY(tree.write("/tmp/ab", "2"));
    QVERIFY(tree.remove("/tmp/a"));
    QVERIFY(tree.find("/tmp/a/b") == nullptr);
    QVERIFY(tree.find("/tmp/ab") != nullptr);
  }

  void whatCannotBeWrittenIsSaid() {
    DemoFileTree tree("x", 0);
    for (const auto* path : {"/", "/proc/1/mem", "/dev/null", "/sys", "/tmp"}) {
      QCOMPARE(tree.write(path, "x").error().code, ErrorCode::BadRequest);
    }
    QCOMPARE(tree.write("/etc/hostname/below", "x").error().code, ErrorCode::FileSystem);
    QCOMPARE(tree.write("/tmp/big", QByteArray(DemoFileTree::kMaxFileBytes + 1, 'x')).error().code, ErrorCode::StorageFull);
  }

  void aZipIsTheSameByteForByte() {
    DemoFileTree tree("x", 0);
    QVERIFY(tree.write("/tmp/z/f", "123456789"));
    const auto zip = zipOf(tree, "/tmp/z");
    // The check value of CRC-32 for these nine digits.
    QVERIFY(zip.contains(QByteArray::fromHex("2639f4cb")));
    QVERIFY(zip.contains("z/f123456789"));
    QCOMPARE(zip, zipOf(tree, "/tmp/z/"));
    const auto end = zip.right(22);
    QVERIFY(end.startsWith("PK\x05\x06"));
    QCOMPARE(static_cast<int>(end.at(10)), 2);  // the folder and the file
  }
};

QTEST_GUILESS_MAIN(DemoFileTreeTest)
#include "demofiletreetest.moc"
