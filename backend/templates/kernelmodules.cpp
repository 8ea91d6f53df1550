// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/kernelmodules.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

namespace terrarium {

namespace {

// The kernel treats both spellings as one name.
QString plainName(const QString& path) {
  return path.section(QLatin1Char('/'), -1).section(QLatin1String(".ko"), 0, 0).replace(QLatin1Char('-'), QLatin1Char('_'));
}

}  // namespace

KernelModules::KernelModules(const QString& tree) {
  QDirIterator modules(tree, {QStringLiteral("*.ko")}, QDir::Files, QDirIterator::Subdirectories);
  while (modules.hasNext()) {
    const auto path = modules.next();
    files_.insert(plainName(path), path);
  }
  QFile list(tree + QStringLiteral("/modules.builtin"));
  if (!list.open(QIODevice::ReadOnly)) return;
  for (const auto& line : list.readAll().split('\n')) builtIn_ << plainName(QString::fromUtf8(line));
}

Result<QStringList> KernelModules::inLoadOrder(const QStringList& wanted) const {
  QStringList order;
  for (const auto& name : wanted) {
    if (auto visited = visit(plainName(name), order); !visited) return failure(visited.error());
  }
  return order;
}

Result<void> KernelModules::visit(const QString& name, QStringList& order) const {
  if (builtIn_.contains(name)) return {};
  const auto path = files_.value(name);
  if (path.isEmpty()) {
    return failure(ErrorCode::Internal, "The kernel package has no module " + name.toStdString() + ". Use Debian's cloud kernel.");
  }
  if (order.contains(path)) return {};
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return failure(ErrorCode::FileSystem, path.toStdString() + " cannot be read.");
  for (const auto& needed : dependencies(file.readAll())) {
    if (auto visited = visit(plainName(needed), order); !visited) return visited;
  }
  order << path;
  return {};
}

QStringList KernelModules::forMachines() {
  return {QStringLiteral("virtio_pci"),     QStringLiteral("virtio_blk"),   QStringLiteral("virtio_net"),
          QStringLiteral("virtio_console"), QStringLiteral("virtio_rng"),   QStringLiteral("virtio_balloon"),
          QStringLiteral("pvpanic_pci"),    QStringLiteral("pvpanic_mmio"), QStringLiteral("ext4"),
          QStringLiteral("overlay")};
}

QStringList KernelModules::dependencies(const QByteArray& module) {
  // Section .modinfo holds zero-terminated "key=value" texts.
  static const QByteArray key("\0depends=", 9);
  const auto start = module.indexOf(key);
  if (start < 0) return {};
  const auto from = start + key.size();
  const auto end = module.indexOf('\0', from);
  const auto value = QString::fromLatin1(module.mid(from, end < 0 ? -1 : end - from));
  return value.split(QLatin1Char(','), Qt::SkipEmptyParts);
}

}  // namespace terrarium
