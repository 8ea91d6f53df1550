// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/snapshotset.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

namespace {

Failure damaged(const QString& file, const char* how) {
  return failure(ErrorCode::Conflict, "The snapshot's file \"" + file.toStdString() + "\" is " + how +
                                          ". Rebuild the template, or delete this sandbox and create a new one.");
}

Result<void> verifySize(const QString& path, qint64 bytes) {
  const QFileInfo file(path);
  if (!file.exists()) return damaged(path, "missing");
  if (file.size() != bytes) return damaged(path, "damaged (it has the wrong size)");
  return {};
}

}  // namespace

Result<std::string> hashOf(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return failure(systemError("The file \"" + path.toStdString() + "\" could not be read."));
  QCryptographicHash hash(QCryptographicHash::Sha256);
  if (!hash.addData(&file)) return failure(systemError("The file \"" + path.toStdString() + "\" could not be read."));
  return hash.result().toHex().toStdString();
}

bool SnapshotSet::exists() const { return QFileInfo::exists(directory_); }

Result<StoredManifest> SnapshotSet::read() const {
  if (!exists()) return failure(ErrorCode::NotFound, "The snapshot does not exist any more.", directory_.toStdString());
  QFile file(manifestFile());
  if (!file.open(QIODevice::ReadOnly)) return damaged(manifestFile(), QFile::exists(manifestFile()) ? "not readable" : "missing");
  return StoredManifest::fromJson(file.readAll());
}

Result<void> SnapshotSet::verify(const StoredManifest& stored) const {
  auto done = verifySize(ram(), stored.ramBytes);
  if (done && stored.ramModified >= 0 && modifiedAt(ram()) != stored.ramModified) return damaged(ram(), "damaged (it was changed)");
  if (done) done = verifySize(state(), stored.stateBytes);
  if (!done) return done;
  const auto hash = hashOf(state());
  if (!hash) return failure(hash.error());
  if (*hash != stored.stateHash) return damaged(state(), "damaged (its content changed)");
  return {};
}

}  // namespace terrarium
