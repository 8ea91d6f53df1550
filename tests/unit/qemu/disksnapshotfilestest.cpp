// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

#include "backend/qemu/disksnapshotfiles.h"
#include "backend/qemu/qcow2overlay.h"
#include "backend/qemu/sparsecopy.h"
#include "tests/unit/qemu/fakeqemuprocess.h"

using namespace terrarium;

namespace {

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

void write(const QString& path, const QByteArray& content, qint64 at = 0) {
  QFile file(path);
  QVERIFY(file.open(QIODevice::ReadWrite));
  QVERIFY(file.seek(at));
  QCOMPARE(file.write(content), content.size());
}

/// Root may write whatever it likes, so permissions are looked at instead of tried.
int modeOf(const QString& path) {
  struct stat status {};
  return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777) : -1;
}

}  // namespace

/// Snapshots as files, without machines: what a set is, and that every failure leaves either the old or the new one.
class DiskSnapshotFilesTest : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void cleanup();

  void anEmptyOverlayIsSoundForQemu_data();
  void anEmptyOverlayIsSoundForQemu();
  void aCopyKeepsContentAndHoles();
  void zerosBecomeHolesAndNothingElse();
  void aFailedCopyLeavesNothing();
  void aManifestSurvivesItsJson();
  void aManifestThatLeadsElsewhereIsRefused();
  void theSameBaseIsStoredOnce();
  void whatWasCommittedComesBackUnchanged();
  void aMovedMachineLeavesItsWorkDirectory();
  void aFailedCommitLeavesTheWorkingFiles_data();
  void aFailedCommitLeavesTheWorkingFiles();
  void aDamagedSnapshotIsRefusedByName_data();
  void aDamagedSnapshotIsRefusedByName();
  void aMissingSnapshotIsNotFound();
  void aLayerLivesAsLongAsSomethingNamesIt();
  void aSweepRemovesWhatNobodyKeeps();

 private:
  WorkingFiles booted(const QString& name);
  Result<SnapshotManifest> save(const WorkingFiles& files, const std::string& id, SnapshotFiles::Take take);
  QString at(const QString& path) const { return home_->filePath(path); }
  QStringList layers() const { return QDir(at(QStringLiteral("layers"))).entryList(QDir::Files | QDir::Hidden, QDir::Name); }

  std::unique_ptr<QTemporaryDir> home_;
  std::unique_ptr<DiskSnapshotFiles> files_;
};

void DiskSnapshotFilesTest::init() {
  home_ = std::make_unique<QTemporaryDir>();
  files_ = std::make_unique<DiskSnapshotFiles>(
      DiskSnapshotFiles::Directories{at(QStringLiteral("snapshots")), at(QStringLiteral("layers")), at(QStringLiteral("work"))});
}

void DiskSnapshotFilesTest::cleanup() {
  files_.reset();
  home_.reset();
}

WorkingFiles DiskSnapshotFilesTest::booted(const QString& name) {
  write(at(QStringLiteral("image")), "base");
  const auto layer = wait(files_->addBaseLayer(at(QStringLiteral("image")), "cafe"));
  const auto made = wait(files_->prepareBoot(*layer, MachineSize::standard(), at(QStringLiteral("work/") + name)));
  write(made->ramFile, "memory", 4096);
  write(made->workDirectory + QStringLiteral("/saved"), "state");
  return *made;
}

Result<SnapshotManifest> DiskSnapshotFilesTest::save(const WorkingFiles& files, const std::string& id, SnapshotFiles::Take take) {
  auto manifest = files.from;
  manifest.id = id;
  return wait(files_->commit(files, files.workDirectory + QStringLiteral("/saved"), manifest, take));
}

void DiskSnapshotFilesTest::anEmptyOverlayIsSoundForQemu_data() {
  QTest::addColumn<qint64>("bytes");
  for (const qint64 mib : {1LL, 511LL, 512LL, 513LL, 4096LL, 65536LL}) QTest::addRow("%lld MiB", mib) << mib * 1024 * 1024;
}

void DiskSnapshotFilesTest::anEmptyOverlayIsSoundForQemu() {
  QFETCH(qint64, bytes);
  const QString path = at(QStringLiteral("disk.qcow2"));
  QVERIFY(writeEmptyQcow2(path, bytes));
  QCOMPARE(*virtualBytesOf(path), bytes);
  QProcess check;
  check.setProcessChannelMode(QProcess::MergedChannels);
  check.start(QStringLiteral("qemu-img"), {QStringLiteral("check"), QStringLiteral("-f"), QStringLiteral("qcow2"), path});
  QVERIFY(check.waitForFinished(kTestLimit));
  const auto said = check.readAll();
  QVERIFY2(check.exitCode() == 0 && said.contains("No errors were found"), said.constData());
  QVERIFY(!writeEmptyQcow2(path, bytes));
}

void DiskSnapshotFilesTest::aCopyKeepsContentAndHoles() {
  const QString from = at(QStringLiteral("from"));
  const QString to = at(QStringLiteral("to"));
  write(from, "start");
  write(from, "middle", 300LL << 20);
  QVERIFY(QFile::resize(from, 1LL << 30));
  QVERIFY(copySparsely(from, to));
  QCOMPARE(QFileInfo(to).size(), 1LL << 30);
  struct stat status {};
  QCOMPARE(::stat(QFile::encodeName(to).constData(), &status), 0);
  QVERIFY(status.st_blocks * 512 < 1 << 20);
  QFile copy(to);
  QVERIFY(copy.open(QIODevice::ReadOnly));
  QCOMPARE(copy.read(5), "start");
  QVERIFY(copy.seek(300LL << 20));
  QCOMPARE(copy.read(6), "middle");
}

void DiskSnapshotFilesTest::zerosBecomeHolesAndNothingElse() {
  const QString path = at(QStringLiteral("ram"));
  QByteArray content(8 << 20, '\0');
  content[5 << 20] = 'x';
  write(path, content);
  const auto freed = punchZeros(path);
  QVERIFY(freed);
  QVERIFY(*freed >= 7 << 20);
  QCOMPARE(contentOf(path), content);
}

void DiskSnapshotFilesTest::aFailedCopyLeavesNothing() {
  const auto copied = copySparsely(at(QStringLiteral("none")), at(QStringLiteral("to")));
  QVERIFY(!copied);
  QCOMPARE(copied.error().code, ErrorCode::NotFound);
  QVERIFY(!QFile::exists(at(QStringLiteral("to"))));
}

void DiskSnapshotFilesTest::aManifestSurvivesItsJson() {
  const StoredManifest stored{
      {"id-1", "6.1", "1.0", "hash", {"tcg", "7.2.22", "pc-q35-7.2", "max", "dev"}, MachineSize::standard(), {"a.raw", "b.qcow2"}},
      1LL << 30,
      123,
      "beef",
      {5000000000LL, 7}};
  const auto read = StoredManifest::fromJson(stored.toJson());
  QVERIFY(read);
  QCOMPARE(read->toJson(), stored.toJson());
  QCOMPARE(read->layerBytes, stored.layerBytes);
  QVERIFY(read->manifest.facts == stored.manifest.facts);
  QVERIFY(read->manifest.layers == stored.manifest.layers);
  const auto newer = StoredManifest::fromJson(stored.toJson().replace("\"version\": 1", "\"version\": 2"));
  QCOMPARE(newer.error().code, ErrorCode::Conflict);
  QVERIFY(newer.error().message.find("newer version") != std::string::npos);
}

void DiskSnapshotFilesTest::aManifestThatLeadsElsewhereIsRefused() {
  StoredManifest stored;
  stored.manifest.id = "id";
  for (const char* name : {"../etc/passwd", "/etc/passwd", "", ".hidden", "a/b"}) {
    stored.manifest.layers = {name};
    stored.layerBytes = {1};
    QVERIFY2(!StoredManifest::fromJson(stored.toJson()), name);
  }
  QCOMPARE(wait(files_->read("../work")).error().code, ErrorCode::NotFound);
}

void DiskSnapshotFilesTest::theSameBaseIsStoredOnce() {
  write(at(QStringLiteral("image")), "base");
  QCOMPARE(*wait(files_->addBaseLayer(at(QStringLiteral("image")), "cafe")), std::string("cafe.raw"));
  QCOMPARE(*wait(files_->addBaseLayer(at(QStringLiteral("image")), "cafe")), std::string("cafe.raw"));
  QCOMPARE(layers(), QStringList{QStringLiteral("cafe.raw")});
  QCOMPARE(modeOf(at(QStringLiteral("layers/cafe.raw"))), 0400);
}

void DiskSnapshotFilesTest::whatWasCommittedComesBackUnchanged() {
  const auto files = booted(QStringLiteral("one"));
  const auto made = save(files, "snap", SnapshotFiles::Take::Copy);
  QVERIFY2(made, made ? "" : made.error().message.c_str());
  // The machine runs on and must not change what was saved.
  write(files.ramFile, "MEMORY", 4096);
  for (const char* name : {"ram", "state", "manifest.json"})
    QCOMPARE(modeOf(at(QStringLiteral("snapshots/snap/") + QLatin1String(name))), 0400);
  const auto out = wait(files_->checkOut("snap", at(QStringLiteral("work/two"))));
  QVERIFY(out);
  QCOMPARE(contentOf(out->ramFile).mid(4096, 6), "memory");
  QCOMPARE(contentOf(out->stateFile), "state");
  QCOMPARE(out->disk.layers, (QStringList{at(QStringLiteral("layers/cafe.raw")), at(QStringLiteral("layers/snap.qcow2")),
                                          at(QStringLiteral("work/two/disk.qcow2"))}));
  QCOMPARE(*virtualBytesOf(out->disk.layers.last()), 4096LL << 20);
  // Working on it does not reach back either.
  write(out->ramFile, "other!", 4096);
  QCOMPARE(contentOf(at(QStringLiteral("snapshots/snap/ram"))).mid(4096, 6), "memory");
}

void DiskSnapshotFilesTest::aMovedMachineLeavesItsWorkDirectory() {
  const auto files = booted(QStringLiteral("one"));
  QVERIFY(save(files, "snap", SnapshotFiles::Take::Move));
  for (const auto& path : {files.ramFile, files.disk.layers.last(), files.workDirectory + QStringLiteral("/saved")})
    QVERIFY(!QFile::exists(path));
  QCOMPARE(contentOf(at(QStringLiteral("snapshots/snap/ram"))).mid(4096, 6), "memory");
  QCOMPARE(save(booted(QStringLiteral("two")), "snap", SnapshotFiles::Take::Move).error().code, ErrorCode::Conflict);
}

void DiskSnapshotFilesTest::aFailedCommitLeavesTheWorkingFiles_data() {
  QTest::addColumn<QString>("missing");
  // Each makes another step fail.
  for (const char* name : {"work/one/saved", "work/one/ram", "work/one/disk.qcow2", "layers/cafe.raw"})
    QTest::newRow(name) << QString::fromLatin1(name);
}

void DiskSnapshotFilesTest::aFailedCommitLeavesTheWorkingFiles() {
  QFETCH(QString, missing);
  const auto files = booted(QStringLiteral("one"));
  const auto kept = at(QStringLiteral("kept"));
  QVERIFY(QFile::rename(at(missing), kept));
  QVERIFY(!save(files, "snap", SnapshotFiles::Take::Move));
  QVERIFY(QDir(at(QStringLiteral("snapshots"))).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
  QVERIFY(!layers().contains(QStringLiteral("snap.qcow2")));
  // Put right, it works: nothing of the machine was lost or locked.
  QVERIFY(QFile::rename(kept, at(missing)));
  QCOMPARE(modeOf(files.ramFile), 0600);
  QVERIFY(save(files, "snap", SnapshotFiles::Take::Move));
  QCOMPARE(contentOf(at(QStringLiteral("snapshots/snap/ram"))).mid(4096, 6), "memory");
}

void DiskSnapshotFilesTest::aDamagedSnapshotIsRefusedByName_data() {
  QTest::addColumn<QString>("file");
  QTest::addColumn<bool>("removed");
  for (const char* name :
       {"snapshots/snap/ram", "snapshots/snap/state", "snapshots/snap/manifest.json", "layers/cafe.raw", "layers/snap.qcow2"}) {
    QTest::addRow("%s missing", name) << QString::fromLatin1(name) << true;
    QTest::addRow("%s damaged", name) << QString::fromLatin1(name) << false;
  }
}

void DiskSnapshotFilesTest::aDamagedSnapshotIsRefusedByName() {
  QFETCH(QString, file);
  QFETCH(bool, removed);
  QVERIFY(save(booted(QStringLiteral("one")), "snap", SnapshotFiles::Take::Move));
  QFile::setPermissions(at(file), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  const bool isState = file.endsWith(QLatin1String("state"));
  if (removed) QVERIFY(QFile::remove(at(file)));
  // The state keeps its size: only its hash tells.
  if (!removed && isState) write(at(file), "stAte");
  if (!removed && !isState) QVERIFY(QFile::resize(at(file), 3));
  const auto out = wait(files_->checkOut("snap", at(QStringLiteral("work/two"))));
  QVERIFY(!out);
  QCOMPARE(out.error().code, ErrorCode::Conflict);
  const auto& message = out.error().message;
  const bool named = message.find(QFileInfo(file).fileName().section(QLatin1Char('.'), 0, 0).toStdString()) != std::string::npos;
  QVERIFY2(named, message.c_str());
  QVERIFY(message.find("ebuild the template") != std::string::npos);
  QVERIFY(!QFile::exists(at(QStringLiteral("work/two"))));
}

void DiskSnapshotFilesTest::aMissingSnapshotIsNotFound() {
  QCOMPARE(wait(files_->checkOut("none", at(QStringLiteral("work/x")))).error().code, ErrorCode::NotFound);
  QCOMPARE(wait(files_->read("none")).error().code, ErrorCode::NotFound);
  QVERIFY(wait(files_->remove("none")));
}

void DiskSnapshotFilesTest::aLayerLivesAsLongAsSomethingNamesIt() {
  QVERIFY(save(booted(QStringLiteral("one")), "first", SnapshotFiles::Take::Move));
  const auto out = wait(files_->checkOut("first", at(QStringLiteral("work/two"))));
  QVERIFY(out);
  write(out->workDirectory + QStringLiteral("/saved"), "state");
  QVERIFY(wait(files_->remove("first")));
  // The running machine still stands on it.
  QVERIFY(layers().contains(QStringLiteral("first.qcow2")));
  QVERIFY(save(*out, "second", SnapshotFiles::Take::Move));
  QVERIFY(wait(files_->removeWorkDirectory(out->workDirectory)));
  QVERIFY(layers().contains(QStringLiteral("first.qcow2")));
  QVERIFY(wait(files_->remove("second")));
  QVERIFY(!layers().contains(QStringLiteral("first.qcow2")));
  QVERIFY(!layers().contains(QStringLiteral("second.qcow2")));
}

void DiskSnapshotFilesTest::aSweepRemovesWhatNobodyKeeps() {
  QVERIFY(save(booted(QStringLiteral("one")), "kept", SnapshotFiles::Take::Copy));
  QVERIFY(save(booted(QStringLiteral("two")), "gone", SnapshotFiles::Take::Copy));
  QVERIFY(QDir().mkpath(at(QStringLiteral("snapshots/.new-half"))));
  write(at(QStringLiteral("layers/.new-half")), "x");
  QVERIFY(wait(files_->sweep({"kept"}, {at(QStringLiteral("work/one"))})));
  QCOMPARE(QDir(at(QStringLiteral("snapshots"))).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
           QStringList{QStringLiteral("kept")});
  QCOMPARE(QDir(at(QStringLiteral("work"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{QStringLiteral("one")});
  QCOMPARE(layers(), (QStringList{QStringLiteral("cafe.raw"), QStringLiteral("kept.qcow2")}));
}

QTEST_GUILESS_MAIN(DiskSnapshotFilesTest)
#include "disksnapshotfilestest.moc"
