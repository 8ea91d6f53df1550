// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/imageparts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "backend/templates/debiansources.h"
#include "backend/templates/initramfswriter.h"
#include "backend/templates/kernelmodules.h"

namespace terrarium {

namespace {

Result<void> write(const QString& path, const QByteArray& content) {
  QFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush()) return {};
  return failure(ErrorCode::FileSystem, path.toStdString() + " cannot be written. Check free space and permissions.",
                 file.errorString().toStdString());
}

Result<QByteArray> read(const QString& path) {
  QFile file(path);
  if (file.open(QIODevice::ReadOnly)) return file.readAll();
  return failure(ErrorCode::FileSystem, path.toStdString() + " cannot be read.", file.errorString().toStdString());
}

Result<void> copyModules(const QString& tree, const QString& folder) {
  const auto modules = KernelModules(tree).inLoadOrder(KernelModules::forMachines());
  if (!modules) return failure(modules.error());
  QByteArray order;
  for (const auto& module : *modules) {
    const auto name = QFileInfo(module).fileName();
    if (!QFile::copy(module, folder + QLatin1Char('/') + name)) {
      return failure(ErrorCode::FileSystem, folder.toStdString() + " cannot be written. Check free space and permissions.");
    }
    order += name.toUtf8() + '\n';
  }
  return write(folder + QStringLiteral("/order"), order);
}

Result<void> addModules(InitramfsWriter& initramfs, const QString& folder) {
  const auto order = read(folder + QStringLiteral("/order"));
  if (!order) return failure(order.error());
  initramfs.addDirectory("modules");
  initramfs.addFile("modules/order", *order);
  for (const auto& name : order->split('\n')) {
    if (name.isEmpty()) continue;
    const auto module = read(folder + QLatin1Char('/') + QString::fromUtf8(name));
    if (!module) return failure(module.error());
    initramfs.addFile("modules/" + name, *module);
  }
  return {};
}

}  // namespace

Result<bool> ImageParts::prepareWork(const ImageRecipe& recipe, const ImageCache& cache, const QString& work) {
  QByteArray archives, links, steps;
  for (const auto& package : recipe.npm) {
    archives += cache.npmArchive(package).toUtf8() + '\t' + QByteArray::fromStdString(package.directory) + '\t' +
                QByteArray::fromStdString(package.exclude) + '\n';
    for (const auto& [path, target] : package.links) {
      links += QByteArray::fromStdString(path) + '\t' + QByteArray::fromStdString(target) + '\n';
    }
  }
  for (const auto& step : recipe.steps) steps += QByteArray::fromStdString(step) + '\n';
  const auto sources = DebianSources::forSuite(QString::fromStdString(recipe.suite));
  const std::pair<const char*, QByteArray> files[] = {
      {"/archives", archives}, {"/links", links}, {"/steps.sh", steps}, {"/sources.list", sources}};
  for (const auto& [name, content] : files) {
    if (auto written = write(work + QLatin1String(name), content); !written) return failure(written.error());
  }
  return !sources.isEmpty();
}

Result<void> ImageParts::keepKernel(const QString& unpacked, const QString& part, const QString& kept) {
  const auto images = QDir(unpacked + QStringLiteral("/boot")).entryInfoList({QStringLiteral("vmlinuz-*")}, QDir::Files);
  if (images.isEmpty()) return failure(ErrorCode::Internal, "The kernel package holds no kernel. Use Debian's cloud kernel.");
  const auto release = images.first().fileName().mid(static_cast<qsizetype>(qstrlen("vmlinuz-")));
  QDir().mkpath(part + QStringLiteral("/modules"));
  if (!QFile::copy(images.first().filePath(), part + QStringLiteral("/vmlinuz"))) {
    return failure(ErrorCode::FileSystem, part.toStdString() + " cannot be written. Check free space and permissions.");
  }
  auto tree = unpacked + QStringLiteral("/lib/modules/") + release;
  if (!QFileInfo::exists(tree)) tree = unpacked + QStringLiteral("/usr/lib/modules/") + release;
  if (auto copied = copyModules(tree, part + QStringLiteral("/modules")); !copied) return copied;
  if (QFile::rename(part, kept)) return {};
  return failure(ErrorCode::FileSystem, kept.toStdString() + " cannot be written. Check free space and permissions.");
}

Result<void> ImageParts::writeBoot(const QString& kernelFolder, const QString& agent, const QString& folder) {
  const auto init = read(agent);
  if (!init) return failure(init.error());
  InitramfsWriter initramfs;
  initramfs.addDirectory("dev");
  // The kernel opens it for /init before anything is mounted.
  initramfs.addCharacterDevice("dev/console", 5, 1);
  for (const auto* name : {"proc", "sys", "newroot"}) initramfs.addDirectory(name);
  initramfs.addFile("init", *init, 0755);
  if (auto added = addModules(initramfs, kernelFolder + QStringLiteral("/modules")); !added) return added;
  if (auto written = write(folder + QStringLiteral("/initramfs"), initramfs.finish()); !written) return written;
  const auto kernel = read(kernelFolder + QStringLiteral("/vmlinuz"));
  if (!kernel) return failure(kernel.error());
  return write(folder + QStringLiteral("/kernel"), *kernel);
}

}  // namespace terrarium
