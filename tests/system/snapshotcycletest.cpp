// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "backend/qemu/disksnapshotfiles.h"
#include "backend/qemu/qemuhypervisor.h"
#include "tests/system/support/guestshell.h"
#include "tests/system/support/testguest.h"

using namespace terrarium;

/// Machines and snapshot files together, as the engine uses them: template, sandboxes, pause, resume, fork.
class SnapshotCycleTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void init();
  void cleanup();

  void sandboxesOfOneTemplateAreSeparate();
  void aSandboxSurvivesPauseAndResume();
  void aForkRunsBesideItsOrigin();
  void aMachineWithoutAnOwnerIsEndedWithItsDirectory();

 private:
  MachinePlan planFor(const WorkingFiles& files, const QString& name) const;
  std::shared_ptr<Machine> wake(const std::string& snapshot, const QString& name, WorkingFiles* files = nullptr);
  std::string save(Machine& machine, const WorkingFiles& files, const std::string& id, SnapshotFiles::Take take,
                   const std::string& contentHash = {});
  void makeTemplate();
  QString work(const QString& name) const { return home_->filePath(QStringLiteral("work/") + name); }

  std::optional<TestGuest> guest_;
  std::unique_ptr<QTemporaryDir> home_;
  std::unique_ptr<QemuHypervisor> hypervisor_;
  std::unique_ptr<DiskSnapshotFiles> snapshots_;
};

void SnapshotCycleTest::initTestCase() {
  const auto guest = TestGuest::prepare();
  VERIFY_RESULT(guest);
  guest_ = *guest;
}

void SnapshotCycleTest::init() {
  home_ = std::make_unique<QTemporaryDir>();
  QemuHypervisor::Config config;
  config.cacheDirectory = home_->path();
  config.acceleratorOverride = QStringLiteral("tcg");
  hypervisor_ = std::make_unique<QemuHypervisor>(config);
  snapshots_ = std::make_unique<DiskSnapshotFiles>(DiskSnapshotFiles::Directories{home_->filePath(QStringLiteral("snapshots")),
                                                                                  home_->filePath(QStringLiteral("layers")),
                                                                                  home_->filePath(QStringLiteral("work"))});
  makeTemplate();
}

void SnapshotCycleTest::cleanup() {
  hypervisor_.reset();
  snapshots_.reset();
  home_.reset();
}

MachinePlan SnapshotCycleTest::planFor(const WorkingFiles& files, const QString& name) const {
  MachinePlan plan;
  plan.name = name;
  plan.cookie = QStringLiteral("cookie");
  plan.workDirectory = files.workDirectory;
  plan.size = files.from.size;
  plan.ramFile = files.ramFile;
  plan.disk = files.disk;
  plan.kernel = guest_->kernel();
  plan.initramfs = guest_->initramfs();
  return plan;
}

void SnapshotCycleTest::makeTemplate() {
  QFile image(home_->filePath(QStringLiteral("image")));
  QVERIFY(image.open(QIODevice::WriteOnly));
  image.write("base layer here\n");
  QVERIFY(image.resize(64 << 20));
  image.close();
  const auto layer = wait(snapshots_->addBaseLayer(image.fileName(), "abc"));
  VERIFY_RESULT(layer);
  const auto files = wait(snapshots_->prepareBoot(*layer, *MachineSize::parse(1, 256, 1024), work(QStringLiteral("build"))));
  VERIFY_RESULT(files);
  const auto machine = wait(hypervisor_->boot(planFor(*files, QStringLiteral("build"))));
  VERIFY_RESULT(machine);
  QCOMPARE(GuestShell((*machine)->agentSocket()).ask("n=100; head -c 15 /dev/vda; echo"), "base layer here");
  QCOMPARE(save(**machine, *files, "template", SnapshotFiles::Take::Move, "hash"), "template");
  VERIFY_RESULT(wait(snapshots_->removeWorkDirectory(files->workDirectory)));
}

std::string SnapshotCycleTest::save(Machine& machine, const WorkingFiles& files, const std::string& id, SnapshotFiles::Take take,
                                    const std::string& contentHash) {
  const QString state = files.workDirectory + QStringLiteral("/saved");
  SnapshotManifest manifest = files.from;
  manifest.id = id;
  manifest.contentHash = contentHash;
  auto done = wait(machine.standStill());
  if (done) done = wait(machine.saveState(state));
  if (!done) return problemOf(done);
  const auto made = wait(snapshots_->commit(files, state, manifest, take));
  if (!made) return problemOf(made);
  done = wait(take == SnapshotFiles::Take::Move ? machine.end() : machine.run());
  return done ? made->id : problemOf(done);
}

std::shared_ptr<Machine> SnapshotCycleTest::wake(const std::string& snapshot, const QString& name, WorkingFiles* kept) {
  const auto files = wait(snapshots_->checkOut(snapshot, work(name)));
  if (!files) qCritical("%s", problemOf(files).c_str());
  if (!files) return nullptr;
  if (kept) *kept = *files;
  const auto machine = wait(hypervisor_->restore(planFor(*files, name), files->stateFile));
  if (!machine) qCritical("%s", problemOf(machine).c_str());
  if (!machine || !wait((*machine)->run())) return nullptr;
  return *machine;
}

void SnapshotCycleTest::sandboxesOfOneTemplateAreSeparate() {
  const auto one = wake("template", QStringLiteral("one"));
  const auto two = wake("template", QStringLiteral("two"));
  QVERIFY(one && two);
  GuestShell first(one->agentSocket());
  GuestShell second(two->agentSocket());
  QCOMPARE(first.ask("n=$((n+1)); echo $n; echo changed | dd of=/dev/vda conv=notrunc,fsync 2>/dev/null"), "101");
  QCOMPARE(second.ask("n=$((n+2)); echo $n"), "102");
  QCOMPARE(second.ask("echo 3 > /proc/sys/vm/drop_caches; head -c 15 /dev/vda; echo"), "base layer here");
}

void SnapshotCycleTest::aSandboxSurvivesPauseAndResume() {
  std::string snapshot = "template";
  for (int round = 1; round <= 3; ++round) {
    WorkingFiles files;
    const auto machine = wake(snapshot, QStringLiteral("sandbox"), &files);
    QVERIFY(machine);
    GuestShell shell(machine->agentSocket());
    QCOMPARE(shell.ask("n=$((n+1)); echo $n"), QByteArray::number(100 + round));
    const auto line = "echo round" + QByteArray::number(round) + " | dd of=/dev/vda bs=64k seek=" + QByteArray::number(round);
    QCOMPARE(shell.ask(line + " conv=notrunc,fsync 2>/dev/null; echo written"), "written");
    QCOMPARE(shell.ask("echo 3 > /proc/sys/vm/drop_caches; dd if=/dev/vda bs=64k skip=1 count=1 2>/dev/null | head -n 1"),
             "round1");
    const auto id = "pause" + std::to_string(round);
    QCOMPARE(save(*machine, files, id, SnapshotFiles::Take::Move), id);
    if (snapshot != "template") VERIFY_RESULT(wait(snapshots_->remove(snapshot)));
    snapshot = id;
  }
  QCOMPARE(wait(snapshots_->read(snapshot))->layers.size(), 5u);
}

void SnapshotCycleTest::aForkRunsBesideItsOrigin() {
  WorkingFiles files;
  const auto origin = wake("template", QStringLiteral("origin"), &files);
  QVERIFY(origin);
  QCOMPARE(GuestShell(origin->agentSocket()).ask("n=200; echo $n"), "200");
  QCOMPARE(save(*origin, files, "fork", SnapshotFiles::Take::Copy), "fork");
  const auto fork = wake("fork", QStringLiteral("fork"));
  QVERIFY(fork);
  QCOMPARE(GuestShell(fork->agentSocket()).ask("n=$((n+5)); echo $n"), "205");
  QCOMPARE(GuestShell(origin->agentSocket()).ask("n=$((n+1)); echo $n"), "201");
}

void SnapshotCycleTest::aMachineWithoutAnOwnerIsEndedWithItsDirectory() {
  WorkingFiles files;
  const auto machine = wake("template", QStringLiteral("stray"), &files);
  QVERIFY(machine);
  QSignalSpy ended(machine.get(), &Machine::ended);
  VERIFY_RESULT(wait(snapshots_->sweep({"template"}, {})));
  QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kLong);
  QVERIFY(!QFile::exists(files.workDirectory));
  QVERIFY(wait(snapshots_->read("template")));
}

QTEST_GUILESS_MAIN(SnapshotCycleTest)
#include "snapshotcycletest.moc"
