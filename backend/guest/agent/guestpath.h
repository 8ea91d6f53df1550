// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

#include "backend/guest/agent.pb.h"
#include "backend/support/error.h"
#include "backend/support/result.h"

namespace terrarium::agent {

/// A path of a request: absolute, without `..`, with doubled and trailing slashes removed.
[[nodiscard]] Result<std::string> checkedPath(const std::string& path);

/// The same for writing: symbolic links are followed as far as the path exists. Refused: the root, /proc, /sys, /dev and what is in
/// them, the init programs.
[[nodiscard]] Result<std::string> writablePath(const std::string& path);

/// Whether `path` is `folder` or lies in it.
[[nodiscard]] bool isBelow(const std::string& path, const std::string& folder);

/// Translates errno for a path.
[[nodiscard]] Error pathError(int errorNumber, const std::string& path);

/// What the file system says of a path; symbolic links are not followed, except to tell whether they lead to a directory.
[[nodiscard]] Result<guest::Entry> describe(const std::string& path);

/// The part after the last slash; "/" for the root.
[[nodiscard]] std::string baseName(const std::string& path);

}  // namespace terrarium::agent
