// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QString>
#include <optional>

#include "backend/engine/ports/templateimages.h"
#include "backend/templates/imagerecipe.h"
#include "backend/templates/kernelpackage.h"

namespace terrarium {

/// Where finished parts of images are kept: archives of root file systems, kernels, npm archives, and whole images by content hash.
/// Parts appear by rename only, so what is there is complete. Engines that share a cache take turns by lockFile().
class ImageCache {
 public:
  explicit ImageCache(QString directory) : directory_(std::move(directory)) {}

  [[nodiscard]] const QString& directory() const { return directory_; }
  [[nodiscard]] QString lockFile() const { return directory_ + QStringLiteral("/lock"); }
  /// Names the temporary folder of a running build, so that the next build can remove what a killed engine left.
  [[nodiscard]] QString workNote() const { return directory_ + QStringLiteral("/work-folder"); }
  [[nodiscard]] QString partsFolder() const { return directory_ + QStringLiteral("/parts"); }

  [[nodiscard]] QString baseArchive(const ImageRecipe& recipe) const;
  /// The base with the template's own packages; the same as baseArchive() when it has none.
  [[nodiscard]] QString layerArchive(const ImageRecipe& recipe) const;
  [[nodiscard]] QString npmArchive(const NpmPackage& package) const;
  /// Holds `vmlinuz`, `modules/*.ko` and `modules/order`.
  [[nodiscard]] QString kernelFolder(const KernelPackage& kernel) const;
  [[nodiscard]] bool hasKernel(const KernelPackage& kernel) const;
  [[nodiscard]] std::optional<KernelPackage> newestKernel() const;

  [[nodiscard]] QString imageFolder(const std::string& contentHash) const;
  /// What the manifest of an image says so that a file which was changed later is noticed.
  [[nodiscard]] static QJsonObject marksOf(const QString& folder);
  /// The image if it is complete and as it was made.
  [[nodiscard]] std::optional<TemplateImage> image(const std::string& contentHash, const MachineSize& size) const;

  [[nodiscard]] Result<void> makeFolders() const;

 private:
  QString directory_;
};

}  // namespace terrarium
