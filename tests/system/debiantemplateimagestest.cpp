// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

#include "backend/templates/debiantemplateimages.h"
#include "backend/templates/hostneeds.h"

using namespace terrarium;

/// Makes the system templates for real: packages from the machine's mirror, archives from the npm registry. Needs the network.
class DebianTemplateImagesTest : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void cancellingLeavesNothingBehind();
  void baseIsASoundDebian();
  void baseIsMadeOnlyOnce();
  void pythonHasItsPackages();
  void nodeHasItsArchives();

 private:
  TemplateDefinition named(const char* name);
  Result<TemplateImage> make(const char* name);
  static QByteArray run(const QString& program, const QStringList& arguments, const QString& input = {});
  QByteArray inside(const TemplateImage& image, const char* request) {
    return run(QStringLiteral("/sbin/debugfs"), {QStringLiteral("-R"), QString::fromLatin1(request), image.rootfs});
  }

  QTemporaryDir folder_{QStringLiteral("/var/tmp/terrarium-images-XXXXXX")};
  std::unique_ptr<QTemporaryDir> temporaryFolder_;
  std::unique_ptr<DebianTemplateImages> images_;
  QString temporary_;
};

void DebianTemplateImagesTest::initTestCase() {
  ::umask(0077);  // as the engine does
  const auto agent = QStringLiteral(TERRARIUM_BINARY_DIR "/bin/terrarium-agent");
  QVERIFY2(QFileInfo(agent).isExecutable(), "terrarium-agent is not built");
  const auto roomy = HostNeeds::roomyTemporaryDirectory();
  temporaryFolder_ = std::make_unique<QTemporaryDir>(roomy + QStringLiteral("/terrarium-images-XXXXXX"));
  temporary_ = temporaryFolder_->path();
  // The search permission that mmdebstrap's subordinate id needs; QTemporaryDir gives it to the owner alone.
  QFile::setPermissions(temporary_, QFile::permissions(temporary_) | QFile::ExeGroup | QFile::ExeOther);
  images_ = std::make_unique<DebianTemplateImages>(TemplateImagesSetup{
      folder_.filePath(QStringLiteral("cache")), QStringLiteral(TERRARIUM_SOURCE_DIR "/resources/templates"), agent, temporary_});
}

TemplateDefinition DebianTemplateImagesTest::named(const char* name) {
  for (auto& definition : images_->systemTemplates()) {
    if (definition.name == name) return definition;
  }
  qFatal("no definition of %s", name);
}

Result<TemplateImage> DebianTemplateImagesTest::make(const char* name) {
  auto build = images_->make(named(name));
  std::optional<Result<TemplateImage>> answer;
  connect(build.get(), &ImageBuild::finished, this, [&](const Result<TemplateImage>& image) { answer = image; });
  if (!QTest::qWaitFor([&] { return answer.has_value(); }, 600000)) return failure(ErrorCode::TimedOut, "no answer in ten minutes");
  if (!*answer) qWarning("%s\n%s", answer->error().message.c_str(), answer->error().detail.c_str());
  return *answer;
}

QByteArray DebianTemplateImagesTest::run(const QString& program, const QStringList& arguments, const QString& input) {
  QProcess process;
  if (!input.isEmpty()) process.setStandardInputFile(input);
  process.start(program, arguments);
  if (!process.waitForFinished(60000) || process.exitCode() != 0) return "failed: " + process.readAllStandardError();
  return process.readAllStandardOutput();
}

void DebianTemplateImagesTest::cancellingLeavesNothingBehind() {
  auto build = images_->make(named("superserve/base"));
  bool installing = false;
  connect(build.get(), &ImageBuild::progressed, this,
          [&](const ImageProgress& progress) { installing |= progress.stage == "Installing essential packages"; });
  QTRY_VERIFY_WITH_TIMEOUT(installing, 300000);
  build.reset();
  const auto left = [&](const QString& path) { return QDir(path).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); };
  // Also the files of subordinate ids and the programs that made them.
  QTRY_COMPARE_WITH_TIMEOUT(left(temporary_) + left(folder_.filePath(QStringLiteral("cache/parts"))), QStringList(), 30000);
  const auto processes = run(QStringLiteral("ps"), {QStringLiteral("-ww"), QStringLiteral("-eo"), QStringLiteral("args")});
  QVERIFY(!processes.contains(temporary_.toUtf8()));
}

void DebianTemplateImagesTest::baseIsASoundDebian() {
  const auto image = make("superserve/base");
  QVERIFY(image);
  QVERIFY(!run(QStringLiteral("/sbin/e2fsck"), {QStringLiteral("-fn"), image->rootfs}).startsWith("failed"));
  QVERIFY(inside(*image, "cat /etc/debian_version").startsWith("12."));
  QVERIFY(inside(*image, "cat /etc/passwd").contains("\nuser:x:1000:1000::/home/user:/bin/bash\n"));
  QVERIFY(inside(*image, "stat /home/user").contains("User:  1000   Group:  1000"));
  QVERIFY(inside(*image, "stat /usr/bin/git").contains("User:     0   Group:     0"));
  const auto status = inside(*image, "cat /var/lib/dpkg/status");
  for (const auto* package : {"ca-certificates", "curl", "git", "python3", "procps", "iproute2", "less", "jq"}) {
    QVERIFY2(status.contains(QByteArray("Package: ") + package + "\nStatus: install ok installed"), package);
  }
  const auto listing = run(QStringLiteral("cpio"), {QStringLiteral("-t"), QStringLiteral("--quiet")}, image->initramfs);
  for (const auto* name :
       {"init\n", "modules/order\n", "modules/virtio_blk.ko\n", "modules/virtio_console.ko\n", "dev/console\n"}) {
    QVERIFY2(listing.contains(name), listing.constData());
  }
  // Sparse: what is not used takes no room.
  const auto blocks = run(QStringLiteral("du"), {QStringLiteral("-m"), image->rootfs}).split('\t').first().toInt();
  QVERIFY2(blocks > 100 && blocks < 1000, QByteArray::number(blocks).constData());
}

void DebianTemplateImagesTest::baseIsMadeOnlyOnce() {
  QElapsedTimer clock;
  clock.start();
  QVERIFY(make("superserve/base"));
  QVERIFY2(clock.elapsed() < 10000, "made again although nothing changed");
}

void DebianTemplateImagesTest::pythonHasItsPackages() {
  const auto image = make("superserve/python-3.11");
  QVERIFY(image);
  const auto status = inside(*image, "cat /var/lib/dpkg/status");
  for (const auto* package : {"git", "python3-venv", "python3-pip", "python3-requests"}) {
    QVERIFY2(status.contains(QByteArray("Package: ") + package + "\nStatus: install ok installed"), package);
  }
}

void DebianTemplateImagesTest::nodeHasItsArchives() {
  const auto image = make("superserve/node-22");
  QVERIFY(image);
  QVERIFY(inside(*image, "cat /usr/local/lib/node_modules/npm/package.json").contains("\"version\": \"10.9.9\""));
  QVERIFY(inside(*image, "stat /usr/local/bin/node").contains("../lib/nodejs/bin/node"));
  QVERIFY(!inside(*image, "stat /usr/local/lib/nodejs/bin/node").contains("not found"));
}

QTEST_GUILESS_MAIN(DebianTemplateImagesTest)
#include "debiantemplateimagestest.moc"
