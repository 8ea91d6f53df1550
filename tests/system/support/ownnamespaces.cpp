// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/system/support/ownnamespaces.h"

#include <QFile>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sched.h>
#include <unistd.h>

namespace terrarium {

namespace {
void writeOrDie(const char* path, const QByteArray& text) {
  QFile file(QString::fromLatin1(path));
  orDie(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size(), path);
}
}  // namespace

void orDie(bool done, const char* what) {
  if (done) return;
  std::fprintf(stderr, "FAIL!  : this test needs namespaces of its own, and %s is refused: %s\n", what, std::strerror(errno));
  std::exit(1);
}

void enterNamespacesOrDie(int flags) {
  const auto user = QByteArray::number(::geteuid());
  const auto group = QByteArray::number(::getegid());
  const bool root = ::geteuid() == 0;
  orDie(::unshare(root ? flags : CLONE_NEWUSER | flags) == 0, "unshare");
  if (root) return;
  writeOrDie("/proc/self/setgroups", "deny");
  writeOrDie("/proc/self/uid_map", user + ' ' + user + " 1");
  writeOrDie("/proc/self/gid_map", group + ' ' + group + " 1");
}

}  // namespace terrarium
