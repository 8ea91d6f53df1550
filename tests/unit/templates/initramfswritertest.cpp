// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "backend/templates/initramfswriter.h"

using namespace terrarium;

class InitramfsWriterTest : public QObject {
  Q_OBJECT
 private slots:
  void cpioReadsWhatWasWritten();
  void headersAreAligned_data();
  void headersAreAligned();
  void equalContentGivesEqualBytes();
};

namespace {

QByteArray cpio(const QStringList& options, const QByteArray& archive, const QString& folder) {
  QProcess process;
  process.setWorkingDirectory(folder);
  process.start(QStringLiteral("cpio"), options);
  process.write(archive);
  process.closeWriteChannel();
  if (!process.waitForFinished() || process.exitCode() != 0) return "cpio failed: " + process.readAllStandardError();
  return process.readAllStandardOutput();
}

}  // namespace

void InitramfsWriterTest::cpioReadsWhatWasWritten() {
  InitramfsWriter writer;
  writer.addDirectory("dev");
  writer.addCharacterDevice("dev/console", 5, 1);
  writer.addFile("init", QByteArray(100000, 'x'), 0755);
  writer.addFile("empty", {});
  const auto archive = writer.finish();
  QTemporaryDir folder;
  const auto listing = cpio({QStringLiteral("-t"), QStringLiteral("--quiet")}, archive, folder.path());
  QCOMPARE(listing, QByteArray("dev\ndev/console\ninit\nempty\n"));
  const auto details = cpio({QStringLiteral("-tv"), QStringLiteral("--quiet"), QStringLiteral("-n")}, archive, folder.path());
  QVERIFY2(details.contains("crw-------") && details.contains("5,   1"), details.constData());
  QCOMPARE(cpio({QStringLiteral("-id"), QStringLiteral("--quiet"), QStringLiteral("init"), QStringLiteral("empty")}, archive,
                folder.path()),
           QByteArray());
  const QFileInfo init(folder.filePath(QStringLiteral("init")));
  QCOMPARE(init.size(), 100000);
  QVERIFY(init.isExecutable());
  QCOMPARE(QFileInfo(folder.filePath(QStringLiteral("empty"))).size(), 0);
}

void InitramfsWriterTest::headersAreAligned_data() {
  QTest::addColumn<int>("size");
  for (int size = 0; size < 9; ++size) QTest::addRow("%d bytes", size) << size;
}

void InitramfsWriterTest::headersAreAligned() {
  QFETCH(int, size);
  InitramfsWriter writer;
  writer.addFile(QByteArray(size + 1, 'n'), QByteArray(size, 'c'));
  writer.addFile("next", {});
  const auto archive = writer.finish();
  const auto second = archive.indexOf("070701", 6);
  QVERIFY(second > 0);
  QCOMPARE(second % 4, 0);
  QCOMPARE(archive.size() % 512, 0);
}

void InitramfsWriterTest::equalContentGivesEqualBytes() {
  InitramfsWriter writer;
  writer.addFile("a", "b");
  const auto first = writer.finish();
  writer.addFile("a", "b");
  QCOMPARE(writer.finish(), first);
}

QTEST_GUILESS_MAIN(InitramfsWriterTest)
#include "initramfswritertest.moc"
