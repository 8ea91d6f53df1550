// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/hostmemory.h"

#include <QFile>

#include "backend/engine/enginehost.h"

namespace terrarium {

namespace {

constexpr double kStalledTooLong = 10;
/// Of all memory, what is left to others.
constexpr qint64 kSpareShare = 8;

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

HostMemory HostMemory::now() {
  return from(contentOf(QStringLiteral("/proc/meminfo")), contentOf(QStringLiteral("/proc/pressure/memory")));
}

HostMemory HostMemory::from(const QByteArray& meminfo, const QByteArray& pressure) {
  HostMemory memory;
  std::tie(memory.totalBytes, memory.availableBytes) = memoryFrom(meminfo);
  // "some avg10=0.12 avg60=..."; a kernel without pressure figures has no such file.
  const QByteArray key("some avg10=");
  if (const auto at = pressure.indexOf(key); at >= 0) {
    const auto rest = pressure.mid(at + key.size());
    memory.stalledPercent = rest.left(rest.indexOf(' ')).toDouble();
  }
  return memory;
}

bool HostMemory::isShortFor(qint64 bytes) const {
  if (stalledPercent >= kStalledTooLong) return true;
  return totalBytes > 0 && availableBytes < bytes + totalBytes / kSpareShare;
}

}  // namespace terrarium
