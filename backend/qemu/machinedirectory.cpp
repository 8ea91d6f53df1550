// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/machinedirectory.h"

#include <QDir>
#include <QFile>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "backend/qemu/childprocess.h"
#include "backend/qemu/systemerror.h"

namespace terrarium {

Result<MachineDirectory> MachineDirectory::open(const QString& path) {
  if (!QDir().mkpath(path)) return failure(ErrorCode::Internal, "The machine's directory could not be made.", path.toStdString());
  Descriptor directory(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.isOpen() || ::fchmod(directory.number(), 0700) != 0) {
    return failure(systemError("The machine's directory could not be opened."));
  }
  return MachineDirectory(path, std::move(directory));
}

QString MachineDirectory::file(const char* name) const { return path_ + QLatin1Char('/') + QLatin1String(name); }

QString MachineDirectory::socket(const char* name) const {
  auto direct = file(name);
  // QLocalSocket refuses an address of 107 bytes, though the kernel takes it.
  if (QFile::encodeName(direct).size() + 1 < qsizetype(sizeof(sockaddr_un::sun_path))) return direct;
  return QStringLiteral("/proc/self/fd/%1/%2").arg(descriptor()).arg(QLatin1String(name));
}

Result<Descriptor> MachineDirectory::listen(const char* name) const {
  ::unlinkat(descriptor(), name, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = QFile::encodeName(socket(name));
  std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
  Descriptor server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!server.isOpen() || ::bind(server.number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
      ::fchmodat(descriptor(), name, 0600, 0) != 0 || ::listen(server.number(), 4) != 0) {
    return failure(systemError("The machine's sockets could not be made."));
  }
  return server;
}

Result<void> MachineDirectory::giveTo(const ProcessUser& user, const QStringList& files) const {
  bool done = ::fchown(descriptor(), user.user, user.group) == 0;
  for (const auto& file : files) {
    done = done && ::fchownat(descriptor(), QFile::encodeName(file).constData(), user.user, user.group, AT_SYMLINK_NOFOLLOW) == 0;
  }
  if (!done) return failure(systemError("The machine's files could not be handed to its user."));
  return {};
}

pid_t MachineDirectory::recordedProcess() const {
  QFile record(file(ChildProcess::kPidName));
  if (!record.open(QIODevice::ReadOnly)) return 0;
  return record.read(32).trimmed().toInt();
}

void MachineDirectory::removeTraces() const {
  for (const char* name : {kControl, kAgent, kConsole, ChildProcess::kPidName}) ::unlinkat(descriptor(), name, 0);
}

}  // namespace terrarium
