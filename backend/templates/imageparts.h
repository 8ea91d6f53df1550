// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/templates/imagecache.h"

namespace terrarium {

/// The small files of an image that we write ourselves, none of them large enough to hold up the event loop.
class ImageParts {
 public:
  /// Writes what the external programs read: package sources, and the lists of resources/templates/assemble.sh. True when this
  /// machine has Debian sources of its own.
  [[nodiscard]] static Result<bool> prepareWork(const ImageRecipe& recipe, const ImageCache& cache, const QString& work);
  /// Picks the kernel and the needed modules out of the unpacked package; `kept` appears complete, by rename of `part`.
  [[nodiscard]] static Result<void> keepKernel(const QString& unpacked, const QString& part, const QString& kept);
  /// Writes `kernel` and `initramfs` into `folder`.
  [[nodiscard]] static Result<void> writeBoot(const QString& kernelFolder, const QString& agent, const QString& folder);
};

}  // namespace terrarium
