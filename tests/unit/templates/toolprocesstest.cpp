// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <signal.h>
#include <sys/stat.h>

#include "backend/templates/toolprocess.h"

using namespace terrarium;

class ToolProcessTest : public QObject {
  Q_OBJECT
 private slots:
  void linesComeOneByOne();
  void failuresAreTold_data();
  void failuresAreTold();
  void filesAreReadableForOthersWhateverTheEnginesMaskIs();
  void destroyingEndsTheWholeGroup();
};

namespace {

ToolCommand shell(const char* script) { return {QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromLatin1(script)}}; }

}  // namespace

void ToolProcessTest::linesComeOneByOne() {
  ToolProcess process(shell("echo one; printf 'two\\r\\nthree' >&2"));
  QStringList lines;
  connect(&process, &ToolProcess::lineRead, this, [&](const QString& line) { lines << line; });
  QSignalSpy finished(&process, &ToolProcess::finished);
  QTRY_COMPARE(finished.size(), 1);
  QCOMPARE(finished[0][0].toString(), QString());
  QCOMPARE(lines, (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
}

void ToolProcessTest::failuresAreTold_data() {
  QTest::addColumn<QString>("program");
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("says");
  const auto sh = QStringLiteral("/bin/sh");
  QTest::newRow("status") << sh << QStringList{QStringLiteral("-c"), QStringLiteral("exit 7")} << QStringLiteral("status 7");
  QTest::newRow("signal") << sh << QStringList{QStringLiteral("-c"), QStringLiteral("kill -9 $$")} << QStringLiteral("signal");
  QTest::newRow("not there") << QStringLiteral("/nowhere/tool") << QStringList() << QStringLiteral("did not start");
}

void ToolProcessTest::failuresAreTold() {
  QFETCH(QString, program);
  QFETCH(QStringList, arguments);
  QFETCH(QString, says);
  ToolProcess process({program, arguments});
  QSignalSpy finished(&process, &ToolProcess::finished);
  QTRY_COMPARE(finished.size(), 1);
  QVERIFY2(finished[0][0].toString().contains(says), qPrintable(finished[0][0].toString()));
}

void ToolProcessTest::filesAreReadableForOthersWhateverTheEnginesMaskIs() {
  const QTemporaryDir folder;
  const auto file = folder.filePath(QStringLiteral("archive"));
  const auto before = ::umask(0077);
  ToolProcess process({QStringLiteral("touch"), {file}});
  QSignalSpy finished(&process, &ToolProcess::finished);
  QTRY_COMPARE(finished.size(), 1);
  ::umask(before);
  QVERIFY(QFile::permissions(file) & QFile::ReadOther);
}

void ToolProcessTest::destroyingEndsTheWholeGroup() {
  auto process = std::make_unique<ToolProcess>(shell("sleep 1000 & echo $!; wait"));
  QString child;
  connect(process.get(), &ToolProcess::lineRead, this, [&](const QString& line) { child = line; });
  QTRY_VERIFY(!child.isEmpty());
  const auto pid = static_cast<pid_t>(child.toInt());
  QCOMPARE(::kill(pid, 0), 0);
  process.reset();
  QTRY_VERIFY(::kill(pid, 0) != 0);
}

QTEST_GUILESS_MAIN(ToolProcessTest)
#include "toolprocesstest.moc"
