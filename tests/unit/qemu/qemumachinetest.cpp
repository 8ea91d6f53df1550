// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include "backend/qemu/qemumachine.h"
#include "tests/unit/qemu/fakeqemuprocess.h"

using namespace terrarium;
using namespace std::chrono_literals;

namespace {

const char* const kSaving =
    "answer migrate-set-capabilities\nanswer getfd\nanswer migrate\n"
    "send {\"event\":\"MIGRATION\",\"data\":{\"status\":\"active\"}}\n";

}  // namespace

/// What a machine makes of what QEMU says and does.
class QemuMachineTest : public QObject {
  Q_OBJECT

 private slots:
  void aSaveWaitsUntilQemuHasComeToRest();
  void aFailedSaveIsToldAndTheMachineGoesOn();
  void aRefusedStepOfASaveFailsIt();
  void aSecondSaveAtOnceIsRefused();
  void aDeathDuringASaveFailsIt();
  void howItEndedIsTold_data();
  void howItEndedIsTold();
  void aFullDiskIsToldAndTriedAgain();
  void anOrderedEndIsNoNews();
  void aHangUpLeadsToAnEnd();
};

void QemuMachineTest::aSaveWaitsUntilQemuHasComeToRest() {
  FakeQemuProcess fake(
      QByteArray(kGreeting) + kSaving +
      "write device state\nsend {\"event\":\"MIGRATION\",\"data\":{\"status\":\"completed\"}}\n"
      "return query-status {\"status\":\"finish-migrate\"}\nreturn query-status {\"status\":\"postmigrate\"}\nanswer cont\n");
  const auto machine = fake.asMachine();
  QVERIFY(wait(machine->connectControl(10s)));
  const QString state = fake.home.filePath(QStringLiteral("state"));
  QVERIFY(wait(machine->saveState(state)));
  QFile file(state);
  QVERIFY(file.open(QIODevice::ReadOnly));
  QCOMPARE(file.readAll(), "device state");
  // The script holds exactly two questions for the status before this.
  QVERIFY(wait(machine->run()));
  QVERIFY(wait(machine->end()));
}

void QemuMachineTest::aFailedSaveIsToldAndTheMachineGoesOn() {
  FakeQemuProcess fake(QByteArray(kGreeting) + kSaving +
                       "send {\"event\":\"MIGRATION\",\"data\":{\"status\":\"failed\"}}\nanswer cont\n");
  const auto machine = fake.asMachine();
  QVERIFY(wait(machine->connectControl(10s)));
  const auto saved = wait(machine->saveState(fake.home.filePath(QStringLiteral("state"))));
  QVERIFY(!saved);
  QCOMPARE(saved.error().code, ErrorCode::Internal);
  QVERIFY(wait(machine->run()));
}

void QemuMachineTest::aRefusedStepOfASaveFailsIt() {
  FakeQemuProcess fake(QByteArray(kGreeting) +
                       "answer migrate-set-capabilities\nrefuse getfd no room\nrefuse migrate no such descriptor\n");
  const auto machine = fake.asMachine();
  QVERIFY(wait(machine->connectControl(10s)));
  const auto saved = wait(machine->saveState(fake.home.filePath(QStringLiteral("state"))));
  QVERIFY(!saved);
  QVERIFY(saved.error().message.find("no room") != std::string::npos);
}

void QemuMachineTest::aSecondSaveAtOnceIsRefused() {
  FakeQemuProcess fake(QByteArray(kGreeting) + kSaving);
  const auto machine = fake.asMachine();
  QVERIFY(wait(machine->connectControl(10s)));
  const auto first = machine->saveState(fake.home.filePath(QStringLiteral("state")));
  QCOMPARE(wait(machine->saveState(fake.home.filePath(QStringLiteral("other")))).error().code, ErrorCode::Conflict);
  QVERIFY(!first.isFinished());
}

void QemuMachineTest::aDeathDuringASaveFailsIt() {
  FakeQemuProcess fake(QByteArray(kGreeting) + kSaving + "complain disk exploded\ndie 1\n");
  const auto machine = fake.asMachine();
  QSignalSpy ended(machine.get(), &Machine::ended);
  QVERIFY(wait(machine->connectControl(10s)));
  const auto saved = wait(machine->saveState(fake.home.filePath(QStringLiteral("state"))));
  QCOMPARE(saved.error().code, ErrorCode::Gone);
  QVERIFY2(saved.error().message.find("disk exploded") != std::string::npos, saved.error().message.c_str());
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kTestLimit);
}

void QemuMachineTest::howItEndedIsTold_data() {
  QTest::addColumn<QByteArray>("script");
  QTest::addColumn<int>("how");
  QTest::addColumn<QString>("word");
  const auto row = [](const char* tag, const char* script, MachineEnd how, const char* word) {
    QTest::newRow(tag) << QByteArray(script) << int(how) << QString::fromLatin1(word);
  };
  row("panic",
      "send {\"event\":\"GUEST_PANICKED\",\"data\":{\"action\":\"poweroff\"}}\nsend "
      "{\"event\":\"SHUTDOWN\",\"data\":{\"reason\":\"guest-panic\"}}\ndie 0\n",
      MachineEnd::GuestPanicked, "panic");
  row("shutdown", "send {\"event\":\"SHUTDOWN\",\"data\":{\"guest\":true,\"reason\":\"guest-shutdown\"}}\ndie 0\n",
      MachineEnd::Stopped, "shut itself down");
  row("restart", "send {\"event\":\"SHUTDOWN\",\"data\":{\"guest\":true,\"reason\":\"guest-reset\"}}\ndie 0\n", MachineEnd::Stopped,
      "restarted");
  row("error", "complain assertion failed\ndie 1\n", MachineEnd::Crashed, "assertion failed");
  row("no room", "signal 7\n", MachineEnd::DiskFull, "disk of this computer is full");
  row("silent death", "die 1\n", MachineEnd::Crashed, "unexpectedly");
}

void QemuMachineTest::howItEndedIsTold() {
  QFETCH(QByteArray, script);
  QFETCH(int, how);
  QFETCH(QString, word);
  FakeQemuProcess fake(QByteArray(kGreeting) + "answer cont\n" + script);
  const auto machine = fake.asMachine();
  QSignalSpy ended(machine.get(), &Machine::ended);
  QVERIFY(wait(machine->connectControl(10s)));
  (void)machine->run();
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kTestLimit);
  QCOMPARE(int(ended.first().at(0).value<MachineEnd>()), how);
  const auto reason = ended.first().at(1).toString();
  QVERIFY2(reason.contains(word), qPrintable(reason));
}

void QemuMachineTest::aFullDiskIsToldAndTriedAgain() {
  const QByteArray full = "send {\"event\":\"BLOCK_IO_ERROR\",\"data\":{\"action\":\"stop\",\"nospace\":true}}\n";
  FakeQemuProcess fake(QByteArray(kGreeting) + "answer cont\n" + full + "answer cont\n" + full + "answer cont\nanswer stop\n");
  const auto machine = fake.asMachine();
  QSignalSpy told(machine.get(), &Machine::outOfSpace);
  QVERIFY(wait(machine->connectControl(10s)));
  QVERIFY(wait(machine->run()));
  QTRY_COMPARE_WITH_TIMEOUT(told.count(), 2, kTestLimit);
  QVERIFY(wait(machine->end()));
}

void QemuMachineTest::anOrderedEndIsNoNews() {
  FakeQemuProcess fake(kGreeting);
  const auto machine = fake.asMachine();
  QSignalSpy ended(machine.get(), &Machine::ended);
  QVERIFY(wait(machine->connectControl(10s)));
  QVERIFY(wait(machine->end()));
  QVERIFY(wait(machine->end()));
  QCOMPARE(ended.count(), 0);
  QVERIFY(!QFile::exists(fake.home.filePath(QStringLiteral("work/qmp"))));
}

void QemuMachineTest::aHangUpLeadsToAnEnd() {
  FakeQemuProcess fake(QByteArray(kGreeting) + "answer stop\nhang up\nread\nignore for ever\n");
  const auto machine = fake.asMachine();
  QSignalSpy ended(machine.get(), &Machine::ended);
  QVERIFY(wait(machine->connectControl(10s)));
  (void)machine->standStill();
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kTestLimit);
  QCOMPARE(ended.first().at(0).value<MachineEnd>(), MachineEnd::Crashed);
}

QTEST_GUILESS_MAIN(QemuMachineTest)
#include "qemumachinetest.moc"
