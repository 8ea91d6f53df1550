// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/durablefile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "backend/qemu/sparsecopy.h"
#include "backend/qemu/systemerror.h"
#include "backend/support/descriptor.h"

namespace terrarium {

namespace {

std::string about(const char* what, const QString& path) { return std::string(what) + " \"" + path.toStdString() + "\"."; }

Result<void> syncAt(const QString& path, int flags) {
  const Descriptor file(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC));
  if (!file.isOpen() || ::fsync(file.number()) != 0) return failure(systemError(about("The disk did not take", path)));
  return {};
}

}  // namespace

Result<void> syncFile(const QString& path) { return syncAt(path, O_RDONLY); }

Result<void> syncDirectory(const QString& path) { return syncAt(path, O_RDONLY | O_DIRECTORY); }

Result<void> writeDurably(const QString& path, const QByteArray& content) {
  // QSaveFile writes beside, syncs and renames.
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return failure(systemError(about("Could not write", path)));
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  errno = 0;
  if (file.write(content) != content.size() || !file.commit()) return failure(systemError(about("Could not write", path)));
  return syncDirectory(QFileInfo(path).absolutePath());
}

Result<void> linkOrCopy(const QString& from, const QString& to) {
  if (::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0) return {};
  if (errno == EXDEV || errno == EPERM || errno == EMLINK || errno == EOPNOTSUPP) return copySparsely(from, to);
  return failure(systemError(about("Could not keep", from)));
}

Result<void> seal(const QString& path) {
  const auto name = QFile::encodeName(path);
  struct stat status {};
  bool done = ::lstat(name.constData(), &status) == 0 && S_ISREG(status.st_mode);
  if (done && status.st_uid != ::geteuid()) done = ::chown(name.constData(), ::geteuid(), ::getegid()) == 0;
  if (!done || ::chmod(name.constData(), 0400) != 0) return failure(systemError(about("Could not protect", path)));
  return {};
}

void unseal(const QString& path) { ::chmod(QFile::encodeName(path).constData(), 0600); }

qint64 allocatedBytesOf(const QString& path) {
  struct stat status {};
  return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_blocks * 512 : 0;
}

qint64 modifiedAt(const QString& path) { return QFileInfo(path).lastModified().toMSecsSinceEpoch(); }

qint64 freeBytesAt(const QString& directory) {
  struct statvfs status {};
  if (::statvfs(QFile::encodeName(directory).constData(), &status) != 0) return 0;
  return qint64(status.f_bavail) * qint64(status.f_frsize);
}

}  // namespace terrarium
