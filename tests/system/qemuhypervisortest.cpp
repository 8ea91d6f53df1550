// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <signal.h>
#include <unistd.h>

#include "backend/qemu/qemuhypervisor.h"
#include "tests/system/support/guestshell.h"
#include "tests/system/support/testguest.h"

using namespace terrarium;

/// Real QEMU, a real kernel: what the engine relies on.
class QemuHypervisorTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void init();
  void cleanup();

  void theAcceleratorThatWorksIsFoundAndRemembered();
  void theTrialGuestRunsWhereMachinesRun();
  void aMachineBootsSavesAndGoesOnWhereItWas();
  void aSavedMachineRunsOnInTheSameProcess();
  void aMachineInADeepDirectoryIsReached();
  void aDamagedStateIsRefusedWithWhatQemuSaid();
  void aPanicIsToldFromAShutdown();
  void aKilledProcessIsACrash();
  void endLeavesNoProcessAndNoSocket();
  void theProcessIsConfined();
  void aMachineIsAdoptedAfterItsOwnerWasKilled();
  void aMachineOfAnotherCookieIsNotAdopted();

 private:
  MachinePlan plan(const QString& name, const QString& directory = {});
  std::shared_ptr<Machine> booted(const MachinePlan& plan);
  std::unique_ptr<QemuHypervisor> makeHypervisor(const QString& override = QStringLiteral("tcg")) const;

  std::optional<TestGuest> guest_;
  std::unique_ptr<QTemporaryDir> home_;
  std::unique_ptr<QTemporaryDir> cache_;
  std::unique_ptr<QemuHypervisor> hypervisor_;
};

void QemuHypervisorTest::initTestCase() {
  auto guest = TestGuest::prepare();
  VERIFY_RESULT(guest);
  guest_ = *guest;
  cache_ = std::make_unique<QTemporaryDir>();
}

void QemuHypervisorTest::init() {
  home_ = std::make_unique<QTemporaryDir>();
  hypervisor_ = makeHypervisor();
}

void QemuHypervisorTest::cleanup() {
  hypervisor_.reset();
  home_.reset();
}

std::unique_ptr<QemuHypervisor> QemuHypervisorTest::makeHypervisor(const QString& override) const {
  QemuHypervisor::Config config;
  config.cacheDirectory = cache_->path();
  config.acceleratorOverride = override;
  return std::make_unique<QemuHypervisor>(config);
}

MachinePlan QemuHypervisorTest::plan(const QString& name, const QString& directory) {
  MachinePlan plan;
  plan.name = name;
  plan.cookie = QStringLiteral("cookie-of-") + name;
  plan.workDirectory = directory.isEmpty() ? home_->filePath(name) : directory;
  plan.size = *MachineSize::parse(1, 256, 1024);
  plan.ramFile = plan.workDirectory + QStringLiteral("/ram");
  plan.kernel = guest_->kernel();
  plan.initramfs = guest_->initramfs();
  QDir().mkpath(plan.workDirectory);
  const QString base = home_->filePath(name + QStringLiteral("-base.raw"));
  QFile file(base);
  if (file.open(QIODevice::WriteOnly)) file.resize(64 << 20);
  plan.disk.layers = QStringList{base, plan.workDirectory + QStringLiteral("/disk.qcow2")};
  QProcess::execute(QStringLiteral("qemu-img"), {QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                                                 QStringLiteral("qcow2"), plan.disk.layers.last(), QStringLiteral("64M")});
  return plan;
}

std::shared_ptr<Machine> QemuHypervisorTest::booted(const MachinePlan& plan) {
  auto machine = wait(hypervisor_->boot(plan));
  if (!machine) qCritical("%s %s", machine.error().message.c_str(), machine.error().detail.c_str());
  return machine ? *machine : nullptr;
}

void QemuHypervisorTest::theAcceleratorThatWorksIsFoundAndRemembered() {
  const auto measured = makeHypervisor({});
  const auto facts = wait(measured->facts());
  VERIFY_RESULT(facts);
  QVERIFY(facts->machineType.starts_with("pc-q35-"));
  QVERIFY(!facts->qemuVersion.empty());
  qInfo("%s: %s", facts->accelerator.c_str(), measured->acceleratorReason().c_str());
  // A guest must run with what was found.
  hypervisor_ = makeHypervisor({});
  const auto again = wait(hypervisor_->facts());
  VERIFY_RESULT(again);
  QVERIFY(*again == *facts);
  QCOMPARE(hypervisor_->acceleratorReason(), measured->acceleratorReason());
  const auto machine = booted(plan(QStringLiteral("measured")));
  QVERIFY(machine);
  QCOMPARE(GuestShell(machine->agentSocket()).ask("echo alive"), "alive");
}

void QemuHypervisorTest::theTrialGuestRunsWhereMachinesRun() {
  const auto confinement = Confinement::make(QemuHypervisor::Config().program);
  VERIFY_RESULT(confinement);
  const auto machineType = QString::fromStdString(wait(hypervisor_->facts())->machineType);
  AcceleratorTrial trial(QemuHypervisor::Config().program, machineType, QStringLiteral("tcg"),
                         home_->filePath(QStringLiteral("trial")));
  const auto verdict = wait(trial.run(*confinement, std::chrono::milliseconds(kLong)));
  VERIFY_RESULT(verdict);
  QVERIFY(verdict->starts_with("TCG ran a test guest"));
}

void QemuHypervisorTest::aMachineBootsSavesAndGoesOnWhereItWas() {
  auto first = plan(QStringLiteral("first"));
  auto machine = booted(first);
  QVERIFY(machine);
  {
    GuestShell shell(machine->agentSocket());
    QCOMPARE(shell.ask("n=$((n+41)); echo $n"), "41");
    QCOMPARE(shell.ask("echo kept | dd of=/dev/vda bs=512 conv=sync,fsync 2>/dev/null; echo done"), "done");
  }
  const QString state = first.workDirectory + QStringLiteral("/state");
  VERIFY_RESULT(wait(machine->standStill()));
  VERIFY_RESULT(wait(machine->saveState(state)));
  QVERIFY2(QFileInfo(state).size() > 50000, qPrintable(QString::number(QFileInfo(state).size())));
  QVERIFY(QFileInfo(state).size() < 4 << 20);
  VERIFY_RESULT(wait(machine->end()));

  for (int round = 42; round < 45; ++round) {
    auto restored = wait(hypervisor_->restore(first, state));
    VERIFY_RESULT(restored);
    machine = *restored;
    VERIFY_RESULT(wait(machine->run()));
    {
      GuestShell shell(machine->agentSocket());
      QCOMPARE(shell.ask("n=$((n+1)); echo $n"), QByteArray::number(round));
      QCOMPARE(shell.ask("echo 3 > /proc/sys/vm/drop_caches; head -c 4 /dev/vda; echo"), "kept");
    }
    VERIFY_RESULT(wait(machine->standStill()));
    VERIFY_RESULT(wait(machine->saveState(state)));
    VERIFY_RESULT(wait(machine->end()));
  }
}

void QemuHypervisorTest::aSavedMachineRunsOnInTheSameProcess() {
  const auto its = plan(QStringLiteral("on"));
  const auto machine = booted(its);
  QVERIFY(machine);
  for (int round = 1; round < 5; ++round) {
    QCOMPARE(GuestShell(machine->agentSocket()).ask("n=$((n+1)); echo $n"), QByteArray::number(round));
    VERIFY_RESULT(wait(machine->standStill()));
    VERIFY_RESULT(wait(machine->saveState(its.workDirectory + QStringLiteral("/state"))));
    VERIFY_RESULT(wait(machine->run()));
  }
  QVERIFY(machine->residentBytes() > 10 << 20);
}

void QemuHypervisorTest::aMachineInADeepDirectoryIsReached() {
  const QString deep = home_->filePath(QString(80, QLatin1Char('a')) + QLatin1Char('/') + QString(80, QLatin1Char('b')));
  const auto machine = booted(plan(QStringLiteral("deep"), deep));
  QVERIFY(machine);
  QCOMPARE(GuestShell(machine->agentSocket()).ask("echo found"), "found");
}

void QemuHypervisorTest::aDamagedStateIsRefusedWithWhatQemuSaid() {
  const auto its = plan(QStringLiteral("damaged"));
  const QString state = its.workDirectory + QStringLiteral("/state");
  QFile file(state);
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(QByteArray(100000, 'x'));
  file.close();
  const auto restored = wait(hypervisor_->restore(its, state));
  QVERIFY(!restored);
  QVERIFY2(restored.error().message.find("QEMU said") != std::string::npos, restored.error().message.c_str());
  QVERIFY(!QFile::exists(its.workDirectory + QStringLiteral("/qmp")));
}

void QemuHypervisorTest::aPanicIsToldFromAShutdown() {
  struct {
    const char* order;
    MachineEnd end;
  } const cases[] = {{"echo c > /proc/sysrq-trigger", MachineEnd::GuestPanicked},
                     {"poweroff -f", MachineEnd::Stopped},
                     {"reboot -f", MachineEnd::Stopped}};
  for (const auto& [order, end] : cases) {
    const auto machine = booted(plan(QStringLiteral("ends")));
    QVERIFY(machine);
    QSignalSpy ended(machine.get(), &Machine::ended);
    GuestShell shell(machine->agentSocket());
    QCOMPARE(shell.ask("echo alive"), "alive");
    shell.say(order);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kLong);
    QCOMPARE(ended.first().at(0).value<MachineEnd>(), end);
    QVERIFY(!ended.first().at(1).toString().isEmpty());
  }
}

void QemuHypervisorTest::aKilledProcessIsACrash() {
  const auto its = plan(QStringLiteral("killed"));
  const auto machine = booted(its);
  QVERIFY(machine);
  QSignalSpy ended(machine.get(), &Machine::ended);
  ::kill(pid_t(machine->processId()), SIGKILL);
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kLong);
  QCOMPARE(ended.first().at(0).value<MachineEnd>(), MachineEnd::Crashed);
  QVERIFY(!QFile::exists(its.workDirectory + QStringLiteral("/agent")));
  VERIFY_RESULT(wait(machine->end()));
}

void QemuHypervisorTest::endLeavesNoProcessAndNoSocket() {
  const auto its = plan(QStringLiteral("over"));
  auto machine = booted(its);
  QVERIFY(machine);
  QSignalSpy ended(machine.get(), &Machine::ended);
  const auto id = pid_t(machine->processId());
  VERIFY_RESULT(wait(machine->end()));
  QCOMPARE(::kill(id, 0), -1);
  QCOMPARE(ended.count(), 0);
  for (const char* name : {"qmp", "agent", "console", "pid"})
    QVERIFY(!QFile::exists(its.workDirectory + QLatin1Char('/') + QLatin1String(name)));

  machine = booted(its);
  QVERIFY(machine);
  const auto second = pid_t(machine->processId());
  machine.reset();
  // Not even a zombie stays of one that was just dropped.
  QTRY_COMPARE_WITH_TIMEOUT(::kill(second, 0), -1, kLong);
}

void QemuHypervisorTest::theProcessIsConfined() {
  const auto machine = booted(plan(QStringLiteral("confined")));
  QVERIFY(machine);
  QFile status(QStringLiteral("/proc/%1/status").arg(machine->processId()));
  QVERIFY(status.open(QIODevice::ReadOnly));
  const auto text = status.readAll();
  QVERIFY(text.contains("NoNewPrivs:\t1"));
  QVERIFY(text.contains("Seccomp:\t2"));
  if (::geteuid() == 0) QVERIFY(!text.contains("Uid:\t0"));
  const auto entries = QDir(QStringLiteral("/proc/%1/fd").arg(machine->processId())).entryInfoList(QDir::Files | QDir::System);
  for (const auto& entry : entries) QVERIFY2(!entry.symLinkTarget().contains(cache_->path()), qPrintable(entry.symLinkTarget()));
  // Where the kernel lets an ordinary user have namespaces, the machine has a network with nothing in it.
  if (::geteuid() == 0 || QProcess::execute(QStringLiteral("unshare"), {QStringLiteral("--user"), QStringLiteral("true")}) == 0) {
    for (const char* name : {"net", "ipc", "uts"}) {
      const auto of = [name](const std::string& process) {
        return std::filesystem::read_symlink("/proc/" + process + "/ns/" + name);
      };
      QVERIFY2(of(std::to_string(machine->processId())) != of("self"), name);
    }
  }
  qInfo("%s", hypervisor_->confinement().c_str());
}

void QemuHypervisorTest::aMachineIsAdoptedAfterItsOwnerWasKilled() {
  const auto its = plan(QStringLiteral("orphan"));
  QProcess owner;
  owner.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  owner.start(QCoreApplication::applicationFilePath(),
              {QStringLiteral("--own"), its.workDirectory, its.disk.layers.first(), cache_->path(), its.kernel, its.initramfs});
  QByteArray said;
  QTRY_VERIFY_WITH_TIMEOUT((said += owner.readAllStandardOutput()).contains("running"), kLong);
  owner.kill();
  QTRY_COMPARE_WITH_TIMEOUT(owner.state(), QProcess::NotRunning, kLong);

  const auto adopted = wait(hypervisor_->adopt(its));
  VERIFY_RESULT(adopted);
  const QString state = its.workDirectory + QStringLiteral("/state");
  QCOMPARE(GuestShell((*adopted)->agentSocket()).ask("n=$((n+7)); echo $n"), "7");
  VERIFY_RESULT(wait((*adopted)->standStill()));
  VERIFY_RESULT(wait((*adopted)->saveState(state)));
  VERIFY_RESULT(wait((*adopted)->end()));
  const auto restored = wait(hypervisor_->restore(its, state));
  VERIFY_RESULT(restored);
  VERIFY_RESULT(wait((*restored)->run()));
  QCOMPARE(GuestShell((*restored)->agentSocket()).ask("n=$((n+7)); echo $n"), "14");
}

void QemuHypervisorTest::aMachineOfAnotherCookieIsNotAdopted() {
  auto its = plan(QStringLiteral("foreign"));
  const auto machine = booted(its);
  QVERIFY(machine);
  its.cookie = QStringLiteral("another");
  const auto adopted = wait(hypervisor_->adopt(its));
  QVERIFY(!adopted);
  QCOMPARE(adopted.error().code, ErrorCode::NotFound);
}

/// The program as an engine that owns a machine until it is killed.
static int ownMachine(const QStringList& arguments) {
  QemuHypervisor::Config config;
  config.cacheDirectory = arguments.at(4);
  config.acceleratorOverride = QStringLiteral("tcg");
  QemuHypervisor hypervisor(config);
  MachinePlan plan;
  plan.name = QStringLiteral("orphan");
  plan.cookie = QStringLiteral("cookie-of-orphan");
  plan.workDirectory = arguments.at(2);
  plan.size = *MachineSize::parse(1, 256, 1024);
  plan.ramFile = plan.workDirectory + QStringLiteral("/ram");
  plan.disk.layers = QStringList{arguments.at(3), plan.workDirectory + QStringLiteral("/disk.qcow2")};
  plan.kernel = arguments.at(5);
  plan.initramfs = arguments.at(6);
  std::shared_ptr<Machine> owned;
  QObject context;
  whenDone(hypervisor.boot(plan), &context, [&owned](const Result<std::shared_ptr<Machine>>& machine) {
    if (!machine) return QCoreApplication::exit(1);
    owned = *machine;
    puts("running");
    fflush(stdout);
  });
  return QCoreApplication::exec();
}

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  if (QCoreApplication::arguments().value(1) == QLatin1String("--own")) return ownMachine(QCoreApplication::arguments());
  QemuHypervisorTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "qemuhypervisortest.moc"
