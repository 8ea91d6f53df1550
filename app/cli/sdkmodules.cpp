// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/sdkmodules.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

// Q_INIT_RESOURCE must stand outside every namespace.
static void initialiseSdkResources() { Q_INIT_RESOURCE(sdk); }

namespace terrarium {

namespace {
constexpr QFileDevice::Permissions kFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions kFolder = kFile | QFileDevice::ExeOwner;

Result<void> problem(const QString& path, const QString& why) {
  return failure(ErrorCode::FileSystem, "The SDK module " + path.toStdString() + " cannot be written: " + why.toStdString() + ".");
}

Result<void> writeModule(const QString& resource, const QString& path) {
  QFile source(resource);
  if (!source.open(QIODevice::ReadOnly)) return problem(path, source.errorString());
  const auto content = source.readAll();
  QFile present(path);
  if (present.open(QIODevice::ReadOnly) && present.readAll() == content) return {};
  // Whole or not at all: a program may be loading it at this moment.
  QSaveFile target(path);
  if (!target.open(QIODevice::WriteOnly)) return problem(path, target.errorString());
  target.setPermissions(kFile);
  target.write(content);
  if (!target.commit()) return problem(path, target.errorString());
  return {};
}
}  // namespace

Result<SdkModules> writeSdkModules(const QString& folder) {
  initialiseSdkResources();
  const SdkModules modules{folder + QStringLiteral("/preload.cjs"), folder + QStringLiteral("/python")};
  QDir().mkpath(modules.pythonFolder);
  for (const auto& each : {folder, modules.pythonFolder}) QFile::setPermissions(each, kFolder);
  const auto python = modules.pythonFolder + QStringLiteral("/sitecustomize.py");
  if (auto written = writeModule(QStringLiteral(":/sdk/preload.cjs"), modules.nodePreload); !written) {
    return failure(written.error());
  }
  if (auto written = writeModule(QStringLiteral(":/sdk/python/sitecustomize.py"), python); !written)
    return failure(written.error());
  return modules;
}

}  // namespace terrarium
