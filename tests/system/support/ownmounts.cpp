// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/ownmounts.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <cerrno>
#include <cstring>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include "tests/system/support/ownnamespaces.h"

namespace terrarium {

void OwnMounts::enterOrDie() {
  enterNamespacesOrDie(CLONE_NEWNS);
  keepToThisProgram();
}

void OwnMounts::keepToThisProgram() {
  orDie(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "a private mount table");
}

void OwnMounts::mountMemory(const QString& directory) {
  QVERIFY(QDir().mkpath(directory));
  QVERIFY2(::mount("tmpfs", QFile::encodeName(directory).constData(), "tmpfs", 0, "mode=0700") == 0, std::strerror(errno));
}

void OwnMounts::leaveFree(const QString& directory, qint64 bytes) {
  const auto path = QFile::encodeName(directory);
  struct statvfs now {};
  QCOMPARE(::statvfs(path.constData(), &now), 0);
  const auto used = static_cast<qint64>((now.f_blocks - now.f_bfree) * now.f_frsize);
  const auto page = static_cast<qint64>(now.f_frsize);
  const auto size = "size=" + QByteArray::number((used + bytes + page - 1) / page * page);
  QVERIFY2(::mount("tmpfs", path.constData(), "tmpfs", MS_REMOUNT, size.constData()) == 0, std::strerror(errno));
}

void OwnMounts::leave(const QString& directory) {
  QVERIFY2(::umount2(QFile::encodeName(directory).constData(), MNT_DETACH) == 0, std::strerror(errno));
}

void OwnMounts::cover(const QString& target, const QString& file) {
  if (!QFile::exists(target)) return;
  const auto from = QFile::encodeName(file);
  QVERIFY2(::mount(from.constData(), QFile::encodeName(target).constData(), nullptr, MS_BIND, nullptr) == 0, std::strerror(errno));
}

}  // namespace terrarium
