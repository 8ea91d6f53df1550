// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "backend/qemu/disksnapshotfiles.h"
#include "backend/qemu/layermerge.h"
#include "backend/qemu/qcow2overlay.h"
#include "tests/unit/qemu/fakeqemuprocess.h"

using namespace terrarium;

/// Chains of disk layers with real images: merging changes no content and takes nothing from anybody else.
class LayerChainTest : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void cleanup();

  void manyLayersBecomeFewWithTheSameContent();
  void whatOthersUseStays();
  void aCheckOutMeanwhileWorksOn();
  void aHeldMergeLetsACheckOutPass();
  void aHeldMergeStandsStillInTheMiddle();
  void aMuchTooDeepChainIsMergedWithoutRest();
  void whatIsSavedOnTopStandsOnTheMergedLayers();
  void aHeldFingerprintIsWrittenLater();
  void aSetThatIsDeletedMeanwhileStaysDeleted();
  void aFailedMergeLeavesTheOldChain();
  void imagesThatLeadElsewhereAreRefused();
  void aDuplicateSharesItsFiles();
  void oneFlippedByteIsFound_data();
  void oneFlippedByteIsFound();

 private:
  /// What a machine in this directory would do: writes `fill` at `mib` of its disk, and is saved under that id.
  WorkingFiles grown(const WorkingFiles& files, const std::string& id, int mib, char fill);
  WorkingFiles checkedOut(const std::string& id);
  /// That many pauses of one sandbox; the id of the last, whose chain is two layers longer.
  std::string pausedOften(int rounds);
  QByteArray contentOf(const std::string& id);
  std::size_t depthOf(const std::string& id) { return wait(files_->read(id))->layers.size(); }
  QStringList layers() const { return QDir(at(QStringLiteral("layers"))).entryList(QDir::Files | QDir::Hidden, QDir::Name); }
  QString at(const QString& path) const { return home_->filePath(path); }
  static QByteArray run(const QString& program, const QStringList& arguments);
  static QString chained(const QStringList& layers);

  std::unique_ptr<QTemporaryDir> home_;
  std::unique_ptr<DiskSnapshotFiles> files_;
  int works_ = 0;
};

void LayerChainTest::init() {
  home_ = std::make_unique<QTemporaryDir>();
  files_ = std::make_unique<DiskSnapshotFiles>(
      DiskSnapshotFiles::Directories{at(QStringLiteral("snapshots")), at(QStringLiteral("layers")), at(QStringLiteral("work"))});
  QFile image(at(QStringLiteral("image")));
  QVERIFY(image.open(QIODevice::WriteOnly));
  image.write(QByteArray(3 << 20, 'b'));
  image.resize(64 << 20);
  image.close();
  const auto layer = wait(files_->addBaseLayer(image.fileName(), "cafe"));
  auto work = *wait(files_->prepareBoot(*layer, *MachineSize::parse(1, 256, 1024), at(QStringLiteral("work/boot"))));
  (void)grown(work, "template", 1, 't');
}

void LayerChainTest::cleanup() {
  files_.reset();
  home_.reset();
}

QByteArray LayerChainTest::run(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.setProcessChannelMode(QProcess::MergedChannels);
  process.start(program, arguments);
  if (!process.waitForFinished(kTestLimit) || process.exitCode() != 0) qFatal("%s", process.readAll().constData());
  return process.readAll();
}

QString LayerChainTest::chained(const QStringList& layers) {
  QString node = QStringLiteral(R"({"driver":"raw","file":{"driver":"file","filename":"%1"}})").arg(layers.first());
  for (qsizetype i = 1; i < layers.size(); ++i) {
    node = QStringLiteral(R"({"driver":"qcow2","discard":"unmap","file":{"driver":"file","filename":"%1"},"backing":%2})")
               .arg(layers.at(i), node);
  }
  return QStringLiteral("json:") + node;
}

WorkingFiles LayerChainTest::grown(const WorkingFiles& files, const std::string& id, int mib, char fill) {
  run(QStringLiteral("qemu-io"), {QStringLiteral("-c"), QStringLiteral("write -P %1 %2M 100k").arg(int(fill)).arg(mib),
                                  QStringLiteral("-c"), QStringLiteral("discard 2M 64k"), chained(files.disk.layers)});
  QFile state(files.workDirectory + QStringLiteral("/saved"));
  if (!state.open(QIODevice::WriteOnly)) qFatal("no state");
  state.write("state");
  state.close();
  auto manifest = files.from;
  manifest.id = id;
  const auto saved = wait(files_->commit(files, state.fileName(), manifest, SnapshotFiles::Take::Move));
  if (!saved) qFatal("%s", saved.error().message.c_str());
  (void)wait(files_->removeWorkDirectory(files.workDirectory));
  return files;
}

WorkingFiles LayerChainTest::checkedOut(const std::string& id) {
  const auto files = wait(files_->checkOut(id, at(QStringLiteral("work/%1").arg(++works_))));
  if (!files) qFatal("%s", files.error().message.c_str());
  return *files;
}

QByteArray LayerChainTest::contentOf(const std::string& id) {
  QStringList paths;
  const auto manifest = *wait(files_->read(id));
  for (const auto& layer : manifest.layers) paths << at(QStringLiteral("layers/")) + QString::fromStdString(layer);
  const auto raw = at(QStringLiteral("flat"));
  run(QStringLiteral("qemu-img"), {QStringLiteral("convert"), QStringLiteral("-O"), QStringLiteral("raw"), chained(paths), raw});
  QFile file(raw);
  if (!file.open(QIODevice::ReadOnly)) qFatal("no content");
  return file.read(64 << 20);
}

void LayerChainTest::manyLayersBecomeFewWithTheSameContent() {
  std::string last = "template";
  for (int round = 0; round < 12; ++round) {
    const auto id = "pause" + std::to_string(round);
    (void)grown(checkedOut(last), id, 4 + round % 5, static_cast<char>('A' + round));
    if (last != "template") QVERIFY(wait(files_->remove(last)));
    last = id;
  }
  QCOMPARE(depthOf(last), std::size_t{14});
  const auto before = contentOf(last);
  QVERIFY(wait(files_->shorten(last)));
  // Base, the template's, and one.
  QCOMPARE(depthOf(last), std::size_t{3});
  QVERIFY(contentOf(last) == before);
  QCOMPARE(layers().size(), 3);
  (void)grown(checkedOut(last), "next", 20, 'z');
  QCOMPARE(contentOf("next").at(20 << 20), 'z');
  // A short chain is left alone.
  QVERIFY(wait(files_->shorten("next")));
  QCOMPARE(depthOf("next"), std::size_t{4});
}

void LayerChainTest::whatOthersUseStays() {
  std::string last = "template";
  for (int round = 0; round < 10; ++round) {
    const auto id = "pause" + std::to_string(round);
    (void)grown(checkedOut(last), id, 4 + round, static_cast<char>('A' + round));
    last = id;
  }
  const auto named = contentOf("pause1");
  const auto newest = contentOf(last);
  const auto machine = checkedOut("pause4");
  QVERIFY(wait(files_->shorten(last)));
  QVERIFY(depthOf(last) <= SnapshotFiles::kDeepest);
  QVERIFY(contentOf(last) == newest);
  QVERIFY(contentOf("pause1") == named);
  for (const auto& layer : machine.disk.layers) QVERIFY2(QFile::exists(layer), qPrintable(layer));
}

void LayerChainTest::aCheckOutMeanwhileWorksOn() {
  std::string last = "template";
  for (int round = 0; round < 9; ++round) {
    const auto id = "pause" + std::to_string(round);
    (void)grown(checkedOut(last), id, 4, static_cast<char>('A' + round));
    last = id;
  }
  const auto shortening = files_->shorten(last);
  const auto files = checkedOut(last);
  QVERIFY(wait(shortening));
  QVERIFY(wait(files_->remove(last)));
  (void)grown(files, "next", 5, 'y');
  const auto content = contentOf("next");
  QCOMPARE(content.at(4 << 20), 'I');
  QCOMPARE(content.at(5 << 20), 'y');
}

std::string LayerChainTest::pausedOften(int rounds) {
  std::string last = "template";
  for (int round = 0; round < rounds; ++round) {
    const auto id = "pause" + std::to_string(round);
    (void)grown(checkedOut(last), id, 4 + round % 5, static_cast<char>('A' + round));
    if (last != "template") (void)wait(files_->remove(last));
    last = id;
  }
  return last;
}

void LayerChainTest::aHeldMergeLetsACheckOutPass() {
  const auto last = pausedOften(7);
  const auto before = contentOf(last);
  files_->holdBackground(true);
  const auto shortening = files_->shorten(last);
  const auto running = checkedOut(last);
  QCOMPARE(running.from.layers.size(), std::size_t{9});
  QVERIFY(!shortening.isFinished());
  QCOMPARE(depthOf(last), std::size_t{9});
  // Whichever is first, the merge or the next pause.
  files_->holdBackground(false);
  (void)grown(running, "next", 20, 'y');
  QVERIFY(wait(shortening));
  QCOMPARE(depthOf(last), std::size_t{5});
  QCOMPARE(depthOf("next"), std::size_t{6});
  const auto content = contentOf("next");
  QVERIFY(content.left(20 << 20) == before.left(20 << 20));
  QCOMPARE(content.at(20 << 20), 'y');
}

void LayerChainTest::aHeldMergeStandsStillInTheMiddle() {
  const auto last = pausedOften(7);
  // Says its process id and works until it is told to end.
  QVERIFY(QDir().mkpath(at(QStringLiteral("bin"))));
  QFile program(at(QStringLiteral("bin/qemu-img")));
  QVERIFY(program.open(QIODevice::WriteOnly));
  program.write(QStringLiteral("#!/bin/sh\necho $$ > '%1.new'\nmv '%1.new' '%1'\nwhile [ ! -e '%2' ]; do :; done\nexit 1\n")
                    .arg(at(QStringLiteral("pid")), at(QStringLiteral("end")))
                    .toUtf8());
  program.close();
  QVERIFY(program.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
  const auto path = qgetenv("PATH");
  qputenv("PATH", QFile::encodeName(at(QStringLiteral("bin:"))) + path);
  const auto shortening = files_->shorten(last);
  const bool runs = QTest::qWaitFor([this] { return QFile::exists(at(QStringLiteral("pid"))); });
  qputenv("PATH", path);
  QVERIFY(runs);
  QFile said(at(QStringLiteral("pid")));
  QVERIFY(said.open(QIODevice::ReadOnly));
  const auto id = said.readAll().trimmed();
  const auto isStopped = [&id] {
    QFile stat(QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(id)));
    return stat.open(QIODevice::ReadOnly) && stat.readAll().contains(") T ");
  };
  QVERIFY(!isStopped());
  files_->holdBackground(true);
  QTRY_VERIFY(isStopped());
  files_->holdBackground(false);
  QTRY_VERIFY(!isStopped());
  QVERIFY(QFile(at(QStringLiteral("end"))).open(QIODevice::WriteOnly));
  QVERIFY(!wait(shortening));
  QCOMPARE(depthOf(last), std::size_t{9});
}

void LayerChainTest::aMuchTooDeepChainIsMergedWithoutRest() {
  const auto last = pausedOften(15);
  files_->holdBackground(true);
  QVERIFY(wait(files_->shorten(last)));
  QCOMPARE(depthOf(last), std::size_t{3});
  QVERIFY(!files_->fingerprint(last).isFinished());
}

void LayerChainTest::whatIsSavedOnTopStandsOnTheMergedLayers() {
  const auto last = pausedOften(7);
  const auto before = contentOf(last);
  const auto running = checkedOut(last);
  QVERIFY(wait(files_->shorten(last)));
  QCOMPARE(depthOf(last), std::size_t{5});
  (void)grown(running, "next", 20, 'y');
  QCOMPARE(depthOf("next"), std::size_t{6});
  QVERIFY(wait(files_->remove(last)));
  const auto content = contentOf("next");
  QVERIFY(content.left(20 << 20) == before.left(20 << 20));
  QCOMPARE(content.at(20 << 20), 'y');
}

void LayerChainTest::aHeldFingerprintIsWrittenLater() {
  files_->holdBackground(true);
  const auto written = files_->fingerprint("template");
  (void)checkedOut("template");
  QVERIFY(!written.isFinished());
  QVERIFY(!QFile::exists(at(QStringLiteral("snapshots/template/fingerprint.json"))));
  files_->holdBackground(false);
  QVERIFY(wait(written));
}

void LayerChainTest::aSetThatIsDeletedMeanwhileStaysDeleted() {
  std::string last = "template";
  for (int round = 0; round < 8; ++round) {
    const auto id = "pause" + std::to_string(round);
    (void)grown(checkedOut(last), id, 4, static_cast<char>('A' + round));
    if (last != "template") QVERIFY(wait(files_->remove(last)));
    last = id;
  }
  const auto shortening = files_->shorten(last);
  QVERIFY(wait(files_->remove(last)));
  (void)wait(shortening);
  QVERIFY(!wait(files_->read(last)));
  QCOMPARE(layers().size(), 2);
}

void LayerChainTest::aFailedMergeLeavesTheOldChain() {
  std::string last = "template";
  for (int round = 0; round < 8; ++round) {
    const auto id = "pause" + std::to_string(round);
    (void)grown(checkedOut(last), id, 4, static_cast<char>('A' + round));
    last = id;
  }
  const auto before = contentOf(last);
  const auto count = layers().size();
  const auto path = qgetenv("PATH");
  qputenv("PATH", "/nowhere");
  const auto merged = wait(files_->shorten(last));
  qputenv("PATH", path);
  QVERIFY(!merged);
  QCOMPARE(depthOf(last), std::size_t{10});
  QVERIFY(contentOf(last) == before);
  QCOMPARE(layers().size(), count);
}

void LayerChainTest::imagesThatLeadElsewhereAreRefused() {
  const auto plain = at(QStringLiteral("plain.qcow2"));
  QVERIFY(writeEmptyQcow2(plain, 64 << 20));
  QVERIFY(checkPlainQcow2(plain));
  const auto backed = at(QStringLiteral("backed.qcow2"));
  run(QStringLiteral("qemu-img"), {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("qcow2"), QStringLiteral("-F"),
                                   QStringLiteral("raw"), QStringLiteral("-b"), at(QStringLiteral("image")), backed});
  const auto outside = at(QStringLiteral("outside.qcow2"));
  run(QStringLiteral("qemu-img"),
      {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("qcow2"), QStringLiteral("-o"),
       QStringLiteral("data_file=%1,data_file_raw=on").arg(at(QStringLiteral("data"))), outside, QStringLiteral("64M")});
  BackgroundGate gate;
  const LayerMerge merge(at(QStringLiteral("image")), gate);
  for (const auto& image : {backed, outside}) {
    QVERIFY(!checkPlainQcow2(image));
    QVERIFY(!merge.run({plain, image}, at(QStringLiteral("merged"))));
    QVERIFY(!QFile::exists(at(QStringLiteral("merged"))));
  }
}

void LayerChainTest::aDuplicateSharesItsFiles() {
  const auto copy = wait(files_->duplicate("template", "copy"));
  QVERIFY(copy);
  QCOMPARE(copy->layers, wait(files_->read("template"))->layers);
  QVERIFY(wait(files_->remove("template")));
  const auto content = contentOf("copy");
  QCOMPARE(content.at(1 << 20), 't');
  (void)grown(checkedOut("copy"), "next", 9, 'n');
  QVERIFY(!wait(files_->duplicate("missing", "other")));
  QVERIFY(!wait(files_->duplicate("copy", "../other")));
  QVERIFY(!wait(files_->duplicate("copy", "next")));
}

void LayerChainTest::oneFlippedByteIsFound_data() {
  QTest::addColumn<QString>("file");
  QTest::newRow("memory") << QStringLiteral("snapshots/template/ram");
  QTest::newRow("device state") << QStringLiteral("snapshots/template/state");
  QTest::newRow("base layer") << QStringLiteral("layers/cafe.raw");
  QTest::newRow("top layer") << QStringLiteral("layers/template.qcow2");
}

void LayerChainTest::oneFlippedByteIsFound() {
  QFETCH(QString, file);
  QCOMPARE(wait(files_->verify("template")).error().code, ErrorCode::NotFound);
  QVERIFY(wait(files_->fingerprint("template")));
  QVERIFY(wait(files_->verify("template")));
  QFile damaged(at(file));
  QVERIFY(damaged.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
  QVERIFY(damaged.open(QIODevice::ReadWrite));
  const auto place = damaged.size() / 2;
  damaged.seek(place);
  const char old = damaged.read(1).at(0);
  damaged.seek(place);
  damaged.write(QByteArray(1, static_cast<char>(old ^ 1)));
  damaged.close();
  const auto verified = wait(files_->verify("template"));
  QVERIFY(!verified);
  QCOMPARE(verified.error().code, ErrorCode::Conflict);
  QVERIFY2(verified.error().message.find(file.section(QLatin1Char('/'), -1).toStdString()) != std::string::npos,
           verified.error().message.c_str());
}

QTEST_GUILESS_MAIN(LayerChainTest)
#include "layerchaintest.moc"
