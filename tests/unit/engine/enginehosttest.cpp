// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTemporaryDir>

#include "tests/unit/engine/enginerig.h"

namespace terrarium {

class EngineHostTest : public QObject {
  Q_OBJECT

 private slots:
  void tellsWhatItRunsOn();
  void tellsWhyNothingRunsWithoutQemu();
  void readsMemory();
  void aSubuidRangeIsFoundByNameOrNumber_data();
  void aSubuidRangeIsFoundByNameOrNumber();
  void userNamespacesThatAreOffAreTold();
  void littleDiskIsTold();

 private:
  QString write(const char* name, const QByteArray& content) {
    const auto path = folder_.filePath(QString::fromLatin1(name));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) file.write(content);
    return path;
  }
  QTemporaryDir folder_;
};

void EngineHostTest::tellsWhatItRunsOn() {
  EngineRig rig;
  QVERIFY(rig.start());
  const auto answer = answerOf(rig.engine->host().info());
  QVERIFY(answer && *answer);
  const auto& info = **answer;
  QCOMPARE(info.engineVersion, std::string("1.2.3"));
  QCOMPARE(info.accelerator, std::string("tcg"));
  QVERIFY(!info.isolationBoundary);
  QCOMPARE(info.acceleratorReason, std::string("It was measured."));
  QCOMPARE(info.qemuVersion, std::string("7.2.22"));
  QCOMPARE(info.diskFreeBytes, 100LL << 30);
  QVERIFY(info.memoryTotalBytes > info.memoryAvailableBytes && info.memoryAvailableBytes > 0);
  QVERIFY(info.cpuCount > 0);
  std::vector<std::string> ids;
  for (const auto& check : info.checks) {
    ids.push_back(check.id);
    QVERIFY(check.outcome == CheckOutcome::Good || !check.fix.empty());
  }
  QCOMPARE(ids, (std::vector<std::string>{"accelerator", "qemu", "user_namespaces", "subuid", "disk", "waiting_machines",
                                          "template_files"}));
  QCOMPARE(info.checks[0].outcome, CheckOutcome::Warning);
}

void EngineHostTest::tellsWhyNothingRunsWithoutQemu() {
  EngineRig rig;
  QVERIFY(rig.start());
  rig.script.failAlways("hypervisor.facts", Error{ErrorCode::Unavailable, "QEMU is not installed.", {}, {}});
  const auto answer = answerOf(rig.engine->host().info());
  QVERIFY(answer && *answer);
  QCOMPARE((*answer)->checks[0].id, std::string("qemu"));
  QCOMPARE((*answer)->checks[0].outcome, CheckOutcome::Bad);
  QCOMPARE((*answer)->checks[0].summary, std::string("QEMU is not installed."));
  // Templates are listed all the same, and a create says the same.
  QVERIFY(succeeds(rig.engine->templates().list()));
  QCOMPARE(errorOf(rig.engine->sandboxes().create(sandboxSpec())).message, std::string("QEMU is not installed."));
}

void EngineHostTest::readsMemory() {
  const auto [total, available] = memoryFrom("MemTotal:       1024 kB\nMemFree: 1 kB\nMemAvailable:   512 kB\n");
  QCOMPARE(total, 1024 * 1024);
  QCOMPARE(available, 512 * 1024);
  QCOMPARE(memoryFrom("nonsense").first, 0);
}

void EngineHostTest::aSubuidRangeIsFoundByNameOrNumber_data() {
  QTest::addColumn<QByteArray>("content");
  QTest::addColumn<CheckOutcome>("outcome");
  QTest::newRow("by name") << QByteArray("other:1:1\nme:100000:65536\n") << CheckOutcome::Good;
  QTest::newRow("by number") << QByteArray("1000:100000:65536") << CheckOutcome::Good;
  QTest::newRow("too small") << QByteArray("me:100000:1000\n") << CheckOutcome::Bad;
  QTest::newRow("somebody else's") << QByteArray("mel:100000:65536\n") << CheckOutcome::Bad;
  QTest::newRow("empty") << QByteArray() << CheckOutcome::Bad;
}

void EngineHostTest::aSubuidRangeIsFoundByNameOrNumber() {
  QFETCH(QByteArray, content);
  QFETCH(CheckOutcome, outcome);
  HostFiles files;
  files.subuid = write("subuid", content);
  files.subgid = files.subuid;
  const auto check = subuidCheck(files, "me", "1000", false);
  QCOMPARE(check.outcome, outcome);
  QVERIFY(outcome == CheckOutcome::Good || check.fix.find("usermod") != std::string::npos);
  QCOMPARE(subuidCheck(files, "root", "0", true).outcome, CheckOutcome::Good);
}

void EngineHostTest::userNamespacesThatAreOffAreTold() {
  HostFiles files;
  files.userNamespaceLimit = write("limit", "0\n");
  files.unprivilegedUserNamespaces = folder_.filePath(QStringLiteral("missing"));
  QCOMPARE(userNamespaceCheck(files, false).outcome, CheckOutcome::Bad);
  files.userNamespaceLimit = write("limit", "15000\n");
  QCOMPARE(userNamespaceCheck(files, false).outcome, CheckOutcome::Good);
  files.unprivilegedUserNamespaces = write("clone", "0\n");
  QCOMPARE(userNamespaceCheck(files, false).outcome, CheckOutcome::Bad);
  QCOMPARE(userNamespaceCheck(files, true).outcome, CheckOutcome::Good);
}

void EngineHostTest::littleDiskIsTold() {
  QCOMPARE(diskCheck(100LL << 30).outcome, CheckOutcome::Good);
  QCOMPARE(diskCheck(2LL << 30).outcome, CheckOutcome::Warning);
  QCOMPARE(diskCheck(1LL << 20).outcome, CheckOutcome::Bad);
}

}  // namespace terrarium

QTEST_GUILESS_MAIN(terrarium::EngineHostTest)
#include "enginehosttest.moc"
