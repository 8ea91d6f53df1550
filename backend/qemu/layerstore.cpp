// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/layerstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cstdio>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/sparsecopy.h"
#include "backend/qemu/storedmanifest.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

const QLatin1String kUnfinished(".new-");

}  // namespace

std::string LayerStore::unfinishedName(const std::string& contentHash) { return kUnfinished.data() + baseName(contentHash); }

QString LayerStore::path(const std::string& layer) const { return directory_ + QLatin1Char('/') + QString::fromStdString(layer); }

Result<QStringList> LayerStore::chain(const StoredManifest& stored) const {
  QStringList paths;
  for (std::size_t i = 0; i < stored.manifest.layers.size(); ++i) {
    const QFileInfo file(path(stored.manifest.layers[i]));
    const auto modified = stored.layerModified.at(i);
    const bool changed = modified >= 0 && modifiedAt(file.filePath()) != modified;
    if (!file.exists() || file.size() != stored.layerBytes.at(i) || changed) {
      return failure(ErrorCode::Conflict, "The disk layer \"" + file.filePath().toStdString() + "\" is " +
                                              (file.exists() ? "damaged (it was changed)" : "missing") +
                                              ". Rebuild the template, or delete this sandbox and create a new one.");
    }
    paths << file.filePath();
  }
  return paths;
}

Result<std::vector<qint64>> LayerStore::sizesOf(const std::vector<std::string>& layers) const {
  std::vector<qint64> sizes;
  for (const auto& layer : layers) {
    const QFileInfo file(path(layer));
    if (!file.exists()) {
      return failure(ErrorCode::Conflict,
                     "The disk layer \"" + file.filePath().toStdString() + "\" is missing. Rebuild the template.");
    }
    sizes.push_back(file.size());
  }
  return sizes;
}

Result<std::string> LayerStore::addBase(const QString& image, const std::string& contentHash) const {
  const auto name = baseName(contentHash);
  if (!isPlainName(name)) return failure(ErrorCode::Internal, "That is no content hash.", contentHash);
  if (QFile::exists(path(name)) && haveSameContent(image, path(name))) return name;
  if (!QDir().mkpath(directory_))
    return failure(ErrorCode::Internal, "The layer store could not be made.", directory_.toStdString());
  // Beside its final name, so that a crash leaves no half layer under a good name.
  const QString beside = path(unfinishedName(contentHash));
  QFile::remove(beside);
  auto done = copySparsely(image, beside);
  if (done) done = syncFile(beside);
  if (done) done = seal(beside);
  // A damaged one gives way; machines that use it keep it open.
  if (done && ::rename(QFile::encodeName(beside).constData(), QFile::encodeName(path(name)).constData()) != 0) {
    done = failure(systemError("The disk layer could not be put into its place."));
  }
  if (done) done = syncDirectory(directory_);
  QFile::remove(beside);
  if (!done) return failure(done.error());
  return name;
}

void LayerStore::removeUnfinished() const {
  const auto names = QDir(directory_).entryList({kUnfinished + QLatin1Char('*')}, QDir::Files | QDir::Hidden);
  for (const auto& name : names) QFile::remove(directory_ + QLatin1Char('/') + name);
}

void LayerStore::keepOnly(const std::set<std::string>& layers) const {
  const auto names = QDir(directory_).entryList(QDir::Files | QDir::Hidden);
  for (const auto& name : names) {
    // Being imported at this moment.
    if (name.startsWith(kUnfinished)) continue;
    if (!layers.contains(name.toStdString())) QFile::remove(directory_ + QLatin1Char('/') + name);
  }
}

}  // namespace terrarium
