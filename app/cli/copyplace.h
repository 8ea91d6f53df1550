// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backend/support/result.h"

namespace terrarium {

/// One end of a copy: a local path, or an absolute path in a sandbox.
struct CopyPlace {
  std::optional<std::string> sandbox;
  std::string path;
  bool operator==(const CopyPlace&) const = default;
};

/// "name:/path" is in a sandbox; everything with a slash before the colon, or without one, is local ("./a:b").
[[nodiscard]] Result<CopyPlace> parseCopyPlace(std::string_view text);

/// A name out of a sandbox that may become a file here: no slash, not "." or "..", no NUL.
[[nodiscard]] bool isSafeFileName(std::string_view name);

/// "/a" and "b" give "/a/b".
[[nodiscard]] std::string joinedPath(const std::string& folder, const std::string& name);
/// The last segment of a path, without trailing slashes.
[[nodiscard]] std::string baseName(std::string path);

}  // namespace terrarium
