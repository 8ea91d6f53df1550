// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include "backend/templates/imagecache.h"
#include "backend/templates/imagehash.h"

using namespace terrarium;

class ImageHashTest : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void everyPartCounts();
  void aMissingAgentIsNamed();
  void archivesAreSharedByEqualPackages();
  void anIncompleteImageIsNotTaken();

 private:
  QString file(const QString& name, const QByteArray& content);
  std::string hash() { return *ImageHash::of(recipe_, kernel_, agent_, script_); }
  std::unique_ptr<QTemporaryDir> folder_;
  ImageRecipe recipe_;
  KernelPackage kernel_;
  QString agent_, script_;
};

QString ImageHashTest::file(const QString& name, const QByteArray& content) {
  QFile file(folder_->filePath(name));
  if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0) qFatal("no file");
  return file.fileName();
}

void ImageHashTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  recipe_ = {};
  recipe_.suite = "bookworm";
  recipe_.definition.source = "{}";
  kernel_ = {QStringLiteral("linux-image"), QStringLiteral("1")};
  agent_ = file(QStringLiteral("agent"), "agent");
  script_ = file(QStringLiteral("script"), "script");
}

void ImageHashTest::everyPartCounts() {
  QSet<QString> seen;
  const auto see = [&] { seen << QString::fromStdString(hash()); };
  see();
  see();
  QCOMPARE(seen.size(), 1);
  recipe_.definition.source = "{\"a\":1}";
  see();
  kernel_.version = QStringLiteral("2");
  see();
  file(QStringLiteral("agent"), "another");
  see();
  file(QStringLiteral("script"), "another");
  see();
  QCOMPARE(seen.size(), 5);
  QCOMPARE(hash().size(), std::size_t(64));
}

void ImageHashTest::aMissingAgentIsNamed() {
  const auto result = ImageHash::of(recipe_, kernel_, QStringLiteral("/nowhere/agent"), script_);
  QVERIFY(!result);
  QVERIFY(result.error().message.find("/nowhere/agent") != std::string::npos);
}

void ImageHashTest::archivesAreSharedByEqualPackages() {
  const ImageCache cache(folder_->path());
  recipe_.basePackages = {"git", "curl"};
  auto other = recipe_;
  other.basePackages = {"curl", "git"};
  other.definition.source = "{\"b\":2}";
  QCOMPARE(cache.baseArchive(other), cache.baseArchive(recipe_));
  QCOMPARE(cache.layerArchive(other), cache.baseArchive(recipe_));
  other.extraPackages = {"python3"};
  QCOMPARE(cache.baseArchive(other), cache.baseArchive(recipe_));
  QVERIFY(cache.layerArchive(other) != cache.baseArchive(recipe_));
}

void ImageHashTest::anIncompleteImageIsNotTaken() {
  const ImageCache cache(folder_->path());
  QVERIFY(cache.makeFolders());
  QVERIFY(!cache.image("abc", MachineSize::standard()));
  QVERIFY(QDir(folder_->path()).mkpath(QStringLiteral("images/abc")));
  for (const auto* name : {"kernel", "initramfs"}) file(QStringLiteral("images/abc/") + QLatin1String(name), "x");
  file(QStringLiteral("images/abc/image.json"), "{\"kernel\":\"k\"}");
  QFile rootfs(file(QStringLiteral("images/abc/rootfs.raw"), "x"));
  QVERIFY(!cache.image("abc", MachineSize::standard()));
  QVERIFY(rootfs.resize(MachineSize::standard().diskMib() * 1024 * 1024));
  const auto folder = folder_->filePath(QStringLiteral("images/abc"));
  const QJsonObject facts{{QStringLiteral("kernel"), QStringLiteral("k")}, {QStringLiteral("marks"), ImageCache::marksOf(folder)}};
  file(QStringLiteral("images/abc/image.json"), QJsonDocument(facts).toJson());
  const auto image = cache.image("abc", MachineSize::standard());
  QVERIFY(image);
  QCOMPARE(image->kernelVersion, std::string("k"));
  file(QStringLiteral("images/abc/initramfs"), "");
  QVERIFY(!cache.image("abc", MachineSize::standard()));
}

QTEST_GUILESS_MAIN(ImageHashTest)
#include "imagehashtest.moc"
