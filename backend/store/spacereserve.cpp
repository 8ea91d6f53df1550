// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/store/spacereserve.h"

#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace terrarium {

namespace {

constexpr qint64 kMib = 1024 * 1024;
constexpr qint64 kReserve = 4 * kMib;
constexpr qint64 kFull = kMib;
constexpr qint64 kPlenty = 64 * kMib;

qint64 freeBytesFor(const QString& file) {
  struct statvfs found {};
  if (::statvfs(QFile::encodeName(QFileInfo(file).path()).constData(), &found) != 0) return 0;
  return static_cast<qint64>(found.f_bavail * found.f_frsize);
}

}  // namespace

void SpaceReserve::refill() {
  if (held_ || freeBytesFor(file_) < kPlenty) return;
  const auto path = QFile::encodeName(file_);
  const int file = ::open(path.constData(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return;
  held_ = ::posix_fallocate(file, 0, kReserve) == 0;
  ::close(file);
  if (!held_) ::unlink(path.constData());
}

bool SpaceReserve::giveUp() {
  if (freeBytesFor(file_) >= kFull || !QFile::remove(file_)) return false;
  held_ = false;
  return true;
}

}  // namespace terrarium
