// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/imagecache.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "backend/templates/npmregistry.h"

namespace terrarium {

namespace {

// Change it when the way archives are made changes, so that old ones are not taken for current.
constexpr auto kArchiveFormat = "archive 1";

QString nameOf(const std::string& suite, std::vector<std::string> packages) {
  std::sort(packages.begin(), packages.end());
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(QByteArray(kArchiveFormat) + '\n' + QByteArray::fromStdString(suite));
  for (const auto& package : packages) hash.addData('\n' + QByteArray::fromStdString(package));
  return QString::fromLatin1(hash.result().toHex().left(32)) + QStringLiteral(".tar");
}

}  // namespace

QString ImageCache::baseArchive(const ImageRecipe& recipe) const {
  return directory_ + QStringLiteral("/archives/") + nameOf(recipe.suite, recipe.basePackages);
}

QString ImageCache::layerArchive(const ImageRecipe& recipe) const {
  if (recipe.extraPackages.empty()) return baseArchive(recipe);
  auto packages = recipe.basePackages;
  packages.insert(packages.end(), recipe.extraPackages.begin(), recipe.extraPackages.end());
  return directory_ + QStringLiteral("/archives/") + nameOf(recipe.suite, packages);
}

QString ImageCache::npmArchive(const NpmPackage& package) const {
  return directory_ + QStringLiteral("/npm/") + NpmRegistry::archiveName(package);
}

QString ImageCache::kernelFolder(const KernelPackage& kernel) const {
  return directory_ + QStringLiteral("/kernels/") + kernel.folderName();
}

bool ImageCache::hasKernel(const KernelPackage& kernel) const {
  const auto folder = kernelFolder(kernel);
  return QFileInfo(folder + QStringLiteral("/vmlinuz")).size() > 0 &&
         QFileInfo(folder + QStringLiteral("/modules/order")).size() > 0;
}

std::optional<KernelPackage> ImageCache::newestKernel() const {
  const auto found =
      QDir(directory_ + QStringLiteral("/kernels")).entryList({QStringLiteral("linux-image-*_*")}, QDir::Dirs, QDir::Time);
  if (found.isEmpty()) return {};
  return KernelPackage::fromFolderName(found.first());
}

QString ImageCache::imageFolder(const std::string& contentHash) const {
  return directory_ + QStringLiteral("/images/") + QString::fromStdString(contentHash);
}

QJsonObject ImageCache::marksOf(const QString& folder) {
  QJsonObject marks;
  for (const auto* name : {"kernel", "initramfs"}) {
    QFile file(folder + QLatin1Char('/') + QLatin1String(name));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (file.open(QIODevice::ReadOnly) && hash.addData(&file))
      marks.insert(QLatin1String(name), QString::fromLatin1(hash.result().toHex()));
  }
  // Gigabytes, mostly holes: when it was written last says enough.
  const QFileInfo rootfs(folder + QStringLiteral("/rootfs.raw"));
  marks.insert(QStringLiteral("rootfs"), rootfs.lastModified().toMSecsSinceEpoch());
  return marks;
}

std::optional<TemplateImage> ImageCache::image(const std::string& contentHash, const MachineSize& size) const {
  const auto folder = imageFolder(contentHash);
  QFile manifest(folder + QStringLiteral("/image.json"));
  if (!manifest.open(QIODevice::ReadOnly)) return {};
  const auto facts = QJsonDocument::fromJson(manifest.readAll()).object();
  TemplateImage image{folder + QStringLiteral("/rootfs.raw"), folder + QStringLiteral("/kernel"),
                      folder + QStringLiteral("/initramfs"), facts.value(QLatin1String("kernel")).toString().toStdString(),
                      contentHash};
  const bool intact = facts.value(QLatin1String("marks")).toObject() == marksOf(folder);
  const bool complete = intact && QFileInfo(image.rootfs).size() == size.diskMib() * 1024 * 1024 &&
                        QFileInfo(image.kernel).size() > 0 && QFileInfo(image.initramfs).size() > 0;
  return complete ? std::optional(image) : std::nullopt;
}

Result<void> ImageCache::makeFolders() const {
  for (const auto* name : {"archives", "npm", "kernels", "images", "parts"}) {
    if (QDir().mkpath(directory_ + QLatin1Char('/') + QLatin1String(name))) continue;
    return failure(ErrorCode::FileSystem,
                   "The folder " + directory_.toStdString() + " cannot be written. Check its owner and permissions.");
  }
  return {};
}

}  // namespace terrarium
