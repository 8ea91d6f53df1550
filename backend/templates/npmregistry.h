// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/templates/imagerecipe.h"

namespace terrarium {

/// Where npm archives come from, found the way the npm client finds it: environment, then the user's and the machine's npmrc, then
/// the public registry.
class NpmRegistry {
 public:
  [[nodiscard]] static NpmRegistry fromEnvironment();
  explicit NpmRegistry(QString base);

  [[nodiscard]] QString base() const { return base_; }
  [[nodiscard]] QString archiveUrl(const NpmPackage& package) const;
  /// The value of `registry` in the text of an npmrc file; empty when it sets none.
  [[nodiscard]] static QString registryInNpmrc(const QString& text);
  /// "name-version.tgz", without a directory even for scoped names.
  [[nodiscard]] static QString archiveName(const NpmPackage& package);
  /// The hexadecimal SHA-512 that the package's integrity states.
  [[nodiscard]] static QString sha512Hex(const NpmPackage& package);

 private:
  QString base_;
};

}  // namespace terrarium
