// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/workdirectory.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <csignal>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backend/qemu/childprocess.h"
#include "backend/qemu/durablefile.h"
#include "backend/qemu/systemerror.h"
#include "backend/support/descriptor.h"

namespace terrarium {

namespace {

const QLatin1String kLayers("/layers.json");
/// A killed process is gone within milliseconds; this is for a host that swaps.
constexpr int kDeathLimitMs = 5000;

/// A recorded process id means nothing by itself; a process that works in this very directory is this directory's machine.
void endStrayMachine(const QString& path) {
  QFile record(path + QLatin1Char('/') + QLatin1String(ChildProcess::kPidName));
  if (!record.open(QIODevice::ReadOnly)) return;
  const auto id = record.read(32).trimmed().toInt();
  if (id <= 1) return;
  const Descriptor handle(int(::syscall(SYS_pidfd_open, id, 0)));
  if (!handle.isOpen()) return;
  const QString itsDirectory = QFileInfo(QStringLiteral("/proc/%1/cwd").arg(id)).canonicalFilePath();
  if (itsDirectory.isEmpty() || itsDirectory != QFileInfo(path).canonicalFilePath()) return;
  ::syscall(SYS_pidfd_send_signal, handle.number(), SIGKILL, nullptr, 0);
  pollfd gone{handle.number(), POLLIN, 0};
  ::poll(&gone, 1, kDeathLimitMs);
}

}  // namespace

Result<void> WorkDirectory::prepare(const std::vector<std::string>& layers) const {
  const QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
  if (!QDir().mkpath(path_) || !QFile::setPermissions(path_, ownerOnly)) {
    return failure(ErrorCode::Internal, "The directory \"" + path_.toStdString() + "\" could not be made.");
  }
  QFile::remove(ram());
  QFile::remove(overlay());
  QJsonArray names;
  for (const auto& layer : layers) names.append(QString::fromStdString(layer));
  // Not synced, which a resume would have to wait for: when the host has crashed, no machine is left that needs the layers.
  const auto content = QJsonDocument(names).toJson();
  QFile record(path_ + kLayers);
  errno = 0;
  if (!record.open(QIODevice::WriteOnly) || record.write(content) != content.size() || !record.flush()) {
    return failure(systemError("The file \"" + record.fileName().toStdString() + "\" could not be written."));
  }
  return {};
}

std::optional<std::vector<std::string>> WorkDirectory::recordedLayers() const {
  QFile record(path_ + kLayers);
  std::vector<std::string> layers;
  if (!record.exists()) return layers;
  if (!record.open(QIODevice::ReadOnly)) return std::nullopt;
  const auto names = QJsonDocument::fromJson(record.readAll()).array();
  for (const auto& name : names) layers.push_back(name.toString().toStdString());
  return layers;
}

Result<void> WorkDirectory::remove() const {
  if (!QFileInfo::exists(path_)) return {};
  endStrayMachine(path_);
  if (!QDir(path_).removeRecursively()) {
    return failure(ErrorCode::Internal, "The directory \"" + path_.toStdString() + "\" could not be removed.");
  }
  return {};
}

}  // namespace terrarium
