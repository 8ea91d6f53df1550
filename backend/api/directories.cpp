// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/directories.h"

#include <QDir>
#include <QFileInfo>
#include <unistd.h>

namespace terrarium {

namespace {
const QLatin1String kFolder("terrarium");

QString xdgFolder(const char* variable, const QString& fallback) {
  const auto base = qEnvironmentVariable(variable);
  // The XDG specification: a relative path counts as unset.
  return (base.startsWith(QLatin1Char('/')) ? base : fallback) + QLatin1Char('/') + kFolder;
}

QString runtimeFallback(const QString& cache) {
  const auto perUser = QStringLiteral("/run/user/%1").arg(::getuid());
  // Without a login session there is no runtime directory; the cache directory is the user's own and long-lived enough.
  return QFileInfo(perUser).isWritable() ? perUser + QLatin1Char('/') + kFolder : cache + QStringLiteral("/run");
}
}  // namespace

Directories Directories::fromEnvironment() {
  const auto portable = qEnvironmentVariable("TERRARIUM_HOME");
  if (!portable.isEmpty()) {
    const auto root = QDir::cleanPath(QDir::current().absoluteFilePath(portable));
    return {root + QStringLiteral("/data"), root + QStringLiteral("/state"), root + QStringLiteral("/cache"),
            root + QStringLiteral("/run")};
  }
  const auto home = QDir::homePath();
  Directories found{xdgFolder("XDG_DATA_HOME", home + QStringLiteral("/.local/share")),
                    xdgFolder("XDG_STATE_HOME", home + QStringLiteral("/.local/state")),
                    xdgFolder("XDG_CACHE_HOME", home + QStringLiteral("/.cache")),
                    {}};
  found.runtime = xdgFolder("XDG_RUNTIME_DIR", {});
  if (!qEnvironmentVariable("XDG_RUNTIME_DIR").startsWith(QLatin1Char('/'))) found.runtime = runtimeFallback(found.cache);
  return found;
}

}  // namespace terrarium
