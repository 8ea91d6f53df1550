// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <string>

#include "backend/support/result.h"

namespace terrarium {

/// The Debian package that holds the kernel of sandboxes.
struct KernelPackage {
  QString name;     ///< linux-image-6.1.0-56-cloud-amd64
  QString version;  ///< 6.1.192-2

  /// Always the newest of its series.
  [[nodiscard]] static QString metaPackage() { return QStringLiteral("linux-image-cloud-amd64"); }
  /// Out of what `apt-cache show --no-all-versions` says about the meta package.
  [[nodiscard]] static Result<KernelPackage> fromAptCache(const QString& output);
  /// Out of folderName().
  [[nodiscard]] static KernelPackage fromFolderName(const QString& folder);

  [[nodiscard]] QString folderName() const { return name + QLatin1Char('_') + version; }
  /// What apt-get downloads: exactly this version.
  [[nodiscard]] QString request() const { return name + QLatin1Char('=') + version; }
  [[nodiscard]] std::string title() const { return folderName().toStdString(); }
  bool operator==(const KernelPackage&) const = default;
};

}  // namespace terrarium
