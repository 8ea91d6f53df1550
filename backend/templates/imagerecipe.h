// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <string>
#include <vector>

#include "backend/engine/ports/templateimages.h"

namespace terrarium {

/// An archive of the npm registry that becomes part of a root file system, pinned by version and hash.
struct NpmPackage {
  std::string name;
  std::string version;
  std::string integrity;                     ///< "sha512-<base64>"
  std::string directory;                     ///< where it is unpacked, absolute
  std::string exclude;                       ///< a folder of the archive that is left out; may be empty
  std::map<std::string, std::string> links;  ///< symbolic links to make: path -> target
};

/// How a template's root file system is made: a Debian base that templates share, then packages, npm archives and commands of its
/// own.
struct ImageRecipe {
  TemplateDefinition definition;
  std::string suite;
  std::vector<std::string> basePackages;
  std::vector<std::string> extraPackages;
  std::vector<NpmPackage> npm;
  std::vector<std::string> steps;  ///< lines for /bin/sh -e inside the root file system
};

}  // namespace terrarium
