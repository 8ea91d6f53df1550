// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/templates/imagerecipe.h"
#include "backend/templates/kernelpackage.h"
#include "backend/templates/npmregistry.h"
#include "backend/templates/toolprocess.h"

namespace terrarium {

/// The external commands of a build, as values. Pure; `work` is the build's temporary folder.
class ImageCommands {
 public:
  ImageCommands(ImageRecipe recipe, QString work, bool root);

  [[nodiscard]] ToolCommand downloadKernel(const KernelPackage& kernel) const;
  [[nodiscard]] ToolCommand unpackKernel(const QString& package) const;
  [[nodiscard]] ToolCommand unpackModules() const;
  [[nodiscard]] static ToolCommand downloadArchive(const NpmRegistry& registry, const NpmPackage& package, const QString& file);
  [[nodiscard]] static ToolCommand checkArchive(const QString& sums);
  /// Makes work/base.tar; the package sources are read from work/sources.list when `ownSources`, else mmdebstrap's own are taken.
  [[nodiscard]] ToolCommand bootstrapBase(bool ownSources) const;
  /// Makes work/layer.tar out of work/base.tar.
  [[nodiscard]] ToolCommand bootstrapLayer(bool ownSources) const;
  [[nodiscard]] static ToolCommand copy(const QString& from, const QString& to);
  [[nodiscard]] ToolCommand assemble(const QString& script, const QString& archive, const QString& image) const;
  [[nodiscard]] static ToolCommand flush(const QStringList& files);
  /// Also removes what belongs to subordinate ids.
  [[nodiscard]] static ToolCommand remove(const QStringList& folders);

 private:
  [[nodiscard]] ToolCommand bootstrap(const QStringList& options, const QString& archive, bool ownSources) const;
  ImageRecipe recipe_;
  QString work_;
  bool root_;
};

}  // namespace terrarium
