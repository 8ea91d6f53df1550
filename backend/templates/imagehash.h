// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <string>

#include "backend/templates/imagerecipe.h"
#include "backend/templates/kernelpackage.h"

namespace terrarium {

/// The identity of an image: everything that it is made from. Hex SHA-256.
class ImageHash {
 public:
  /// `agent` and `script` are files; one that cannot be read is an error with what to do.
  [[nodiscard]] static Result<std::string> of(const ImageRecipe& recipe, const KernelPackage& kernel, const QString& agent,
                                              const QString& script);
};

}  // namespace terrarium
