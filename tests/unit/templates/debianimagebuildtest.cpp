// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

#include "backend/templates/debianimagebuild.h"

using namespace terrarium;

namespace {

// Stand-ins for the external programs. Each writes its name into $TRACE when it starts.
const char* const kAptCache = "echo 'Depends: linux-image-6-cloud-amd64 (= 6.1-2)'";
const char* const kAptGet = ": >linux-image-6-cloud-amd64_6.1-2_amd64.deb";
const char* const kDpkgDeb =
    "mkdir -p $3/boot $3/lib/modules/6; echo kernel >$3/boot/vmlinuz-6\n"
    "for m in virtio_pci virtio_blk virtio_net virtio_console virtio_rng virtio_balloon pvpanic_pci pvpanic_mmio ext4 overlay; do\n"
    "echo kernel/$m.ko; done >$3/lib/modules/6/modules.builtin";
const char* const kMmdebstrap =
    "for a; do case $a in *.tar) echo archive >$a;; esac; done\n"
    "echo 'I: downloading packages with apt...' >&2";
const char* const kUnshare = "while [ $1 != -- ]; do shift; done; shift; exec \"$@\"";
const char* const kCurl = "while [ $1 != --output ]; do shift; done; printf good >$2";
const char* const kAssemble = "echo 'stage: Making the disk image'; truncate -s ${4}M $3";

const char* const kDefinition =
    R"({"id":"5e1f0c2a-7b44-4d0e-9a51-0b6c3f1d2e01","name":"superserve/base","description":"d",
"size":{"vcpu":1,"memory_mib":1024,"disk_mib":4096},"suite":"bookworm","packages":["git"],
"npm":[{"name":"left","version":"1.0.0","directory":"/opt/left","integrity":
"sha512-ECWb/hpBBY5GcdBaO5Yrd0xLFpRrQEC8BVBZ0YWdXxXsTX8Byj91YWMtAK3WEi0zcCKhURdOW5zr9DAlS46fpw=="}]})";

}  // namespace

class DebianImageBuildTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { path_ = qgetenv("PATH"); }
  void init();
  void cleanup() { qputenv("PATH", path_); }
  void partsAreMadeInOrderAndOnce();
  void aSecondImageTakesTheArchiveFromTheCache();
  void progressNamesStagesAndNeverGoesBack();
  void failureLeavesNothingBehind_data();
  void failureLeavesNothingBehind();
  void aDamagedNpmArchiveIsRefused();
  void destroyingRemovesWhatWasHalfDone();
  void buildsTakeTurns();
  void whatAKilledEngineLeftIsRemoved();
  void currentHashIsTheOneOfTheImage();

 private:
  void program(const char* name, const QByteArray& script);
  void write(const QString& path, const QByteArray& content);
  QStringList trace();
  QStringList temporaryFiles() { return QDir(at("tmp")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); }
  QStringList parts() { return QDir(at("cache/parts")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); }
  QString at(const char* name) { return folder_->filePath(QLatin1String(name)); }
  Result<TemplateImage> make();
  TemplateDefinition base() { return images_->systemTemplates().at(0); }

  QByteArray path_;
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<DebianTemplateImages> images_;
};

void DebianImageBuildTest::write(const QString& path, const QByteArray& content) {
  QFile file(path);
  QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
  file.write(content);
}

void DebianImageBuildTest::program(const char* name, const QByteArray& script) {
  const auto path = at("bin/") + QLatin1String(name);
  write(path, "#!/bin/sh\nset -e\necho " + QByteArray(name) + " >>" + at("trace").toUtf8() + "\n" + script + "\n");
  QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void DebianImageBuildTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  for (const auto* name : {"bin", "tmp", "definitions", "cache"}) QVERIFY(QDir(folder_->path()).mkpath(QLatin1String(name)));
  program("apt-cache", kAptCache);
  program("apt-get", kAptGet);
  program("dpkg-deb", kDpkgDeb);
  program("mmdebstrap", kMmdebstrap);
  program("unshare", kUnshare);
  program("curl", kCurl);
  program("newuidmap", ":");
  write(at("definitions/base.json"), kDefinition);
  write(at("definitions/assemble.sh"), kAssemble);
  write(at("agent"), "agent");
  qputenv("PATH", at("bin").toUtf8() + ':' + path_);
  images_ = std::make_unique<DebianTemplateImages>(TemplateImagesSetup{at("cache"), at("definitions"), at("agent"), at("tmp")});
}

QStringList DebianImageBuildTest::trace() {
  QFile file(at("trace"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  auto lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  lines.removeAll(QStringLiteral("unshare"));
  return lines;
}

Result<TemplateImage> DebianImageBuildTest::make() {
  auto build = images_->make(base());
  std::optional<Result<TemplateImage>> answer;
  connect(build.get(), &ImageBuild::finished, this, [&](const Result<TemplateImage>& image) { answer = image; });
  if (!QTest::qWaitFor([&] { return answer.has_value(); }, 10000)) return failure(ErrorCode::TimedOut, "no answer");
  return *answer;
}

void DebianImageBuildTest::partsAreMadeInOrderAndOnce() {
  const auto image = make();
  QVERIFY2(image, image ? "" : image.error().detail.c_str());
  QCOMPARE(trace(), (QStringList{QStringLiteral("apt-cache"), QStringLiteral("apt-get"), QStringLiteral("dpkg-deb"),
                                 QStringLiteral("curl"), QStringLiteral("mmdebstrap")}));
  QCOMPARE(QFileInfo(image->rootfs).size(), 4096LL * 1024 * 1024);
  QVERIFY(!QFileInfo(image->rootfs).isWritable() || ::geteuid() == 0);
  QCOMPARE(image->kernelVersion, std::string("linux-image-6-cloud-amd64_6.1-2"));
  QCOMPARE(temporaryFiles() + parts(), QStringList());
  const auto again = make();
  QVERIFY(again);
  QCOMPARE(again->contentHash, image->contentHash);
  QCOMPARE(trace().size(), 5);
}

void DebianImageBuildTest::aSecondImageTakesTheArchiveFromTheCache() {
  QVERIFY(make());
  write(at("agent"), "newer agent");
  const auto image = make();
  QVERIFY(image);
  QCOMPARE(trace().count(QStringLiteral("mmdebstrap")), 1);
  QCOMPARE(QDir(at("cache/images")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
}

void DebianImageBuildTest::progressNamesStagesAndNeverGoesBack() {
  auto build = images_->make(base());
  QStringList stages;
  double furthest = 0;
  bool wentBack = false;
  connect(build.get(), &ImageBuild::progressed, this, [&](const ImageProgress& progress) {
    if (!progress.stage.empty()) stages << QString::fromStdString(progress.stage);
    wentBack |= progress.fraction.value_or(furthest) < furthest;
    furthest = progress.fraction.value_or(furthest);
  });
  QSignalSpy finished(build.get(), &ImageBuild::finished);
  QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
  QVERIFY(stages.contains(QStringLiteral("Fetching packages")));
  QVERIFY(stages.contains(QStringLiteral("Making the disk image")));
  QVERIFY(!wentBack);
}

void DebianImageBuildTest::failureLeavesNothingBehind_data() {
  QTest::addColumn<QByteArray>("broken");
  QTest::addColumn<QByteArray>("script");
  QTest::addColumn<ErrorCode>("code");
  QTest::newRow("full disk") << QByteArray("mmdebstrap") << QByteArray("echo 'tar: No space left on device'; exit 25")
                             << ErrorCode::StorageFull;
  QTest::newRow("no network") << QByteArray("apt-get") << QByteArray("echo 'E: Could not resolve'; exit 100")
                              << ErrorCode::Unavailable;
  QTest::newRow("no kernel file") << QByteArray("apt-get") << QByteArray(":") << ErrorCode::Internal;
  QTest::newRow("no kernel named") << QByteArray("apt-cache") << QByteArray("exit 100") << ErrorCode::Unavailable;
}

void DebianImageBuildTest::failureLeavesNothingBehind() {
  QFETCH(QByteArray, broken);
  QFETCH(QByteArray, script);
  QFETCH(ErrorCode, code);
  program(broken.constData(), script);
  const auto image = make();
  QVERIFY(!image);
  QCOMPARE(image.error().code, code);
  QCOMPARE(temporaryFiles() + parts(), QStringList());
  init();
  QVERIFY(make());
}

void DebianImageBuildTest::aDamagedNpmArchiveIsRefused() {
  program("curl", "while [ $1 != --output ]; do shift; done; printf evil >$2");
  const auto image = make();
  QVERIFY(!image);
  QVERIFY2(image.error().message.find("integrity") != std::string::npos, image.error().message.c_str());
  QCOMPARE(QDir(at("cache/npm")).entryList(QDir::Files), QStringList());
}

void DebianImageBuildTest::destroyingRemovesWhatWasHalfDone() {
  program("mmdebstrap", "touch $TMPDIR/half; exec sleep 1000");
  auto build = images_->make(base());
  QTRY_VERIFY_WITH_TIMEOUT(trace().contains(QStringLiteral("mmdebstrap")), 10000);
  QTRY_COMPARE(QDir(at("tmp")).entryList({QStringLiteral("terrarium-image-*")}, QDir::Dirs).size(), 1);
  build.reset();
  QTRY_COMPARE_WITH_TIMEOUT(temporaryFiles() + parts(), QStringList(), 10000);
  init();
  QVERIFY(make());
}

void DebianImageBuildTest::buildsTakeTurns() {
  auto first = images_->make(base());
  auto second = images_->make(base());
  QSignalSpy ofFirst(first.get(), &ImageBuild::finished);
  QSignalSpy ofSecond(second.get(), &ImageBuild::finished);
  QTRY_COMPARE_WITH_TIMEOUT(ofSecond.size(), 1, 10000);
  QCOMPARE(ofFirst.size(), 1);
  QCOMPARE(trace().count(QStringLiteral("mmdebstrap")), 1);
}

void DebianImageBuildTest::whatAKilledEngineLeftIsRemoved() {
  QVERIFY(QDir(at("tmp")).mkpath(QStringLiteral("terrarium-image-dead/tree")));
  QVERIFY(QDir(at("cache")).mkpath(QStringLiteral("parts/dead")));
  write(at("cache/work-folder"), at("tmp/terrarium-image-dead").toUtf8());
  QVERIFY(make());
  QCOMPARE(temporaryFiles() + parts(), QStringList());
}

void DebianImageBuildTest::currentHashIsTheOneOfTheImage() {
  const auto image = make();
  QVERIFY(image);
  std::optional<Result<std::string>> hash;
  whenDone(images_->currentHash(base()), this, [&](const Result<std::string>& found) { hash = found; });
  QTRY_VERIFY(hash.has_value());
  QVERIFY(*hash);
  QCOMPARE(**hash, image->contentHash);
}

QTEST_GUILESS_MAIN(DebianImageBuildTest)
#include "debianimagebuildtest.moc"
