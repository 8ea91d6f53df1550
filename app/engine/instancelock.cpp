// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine/instancelock.h"

#include <QFile>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace terrarium {

InstanceLock::~InstanceLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> InstanceLock::acquire(const QString& file) {
  descriptor_ = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    return failure(ErrorCode::FileSystem, "The lock file " + file.toStdString() + " cannot be opened: " + std::strerror(errno));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
  return failure(ErrorCode::Conflict, "Another engine is running for this home already. 'terrariumctl engine status' shows it.");
}

}  // namespace terrarium
