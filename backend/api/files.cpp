// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/files.h"

#include <string_view>

namespace terrarium {

namespace {
constexpr std::size_t kMaxPathBytes = 4096;

bool hasParentSegment(std::string_view path) {
  while (!path.empty()) {
    const auto slash = path.find('/');
    if (path.substr(0, slash) == "..") return true;
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
  return false;
}
}  // namespace

Result<std::string> checkedGuestPath(std::string path) {
  if (path.empty() || path.front() != '/') return failure(badRequest("path", "path must be absolute: it has to begin with '/'"));
  if (path.size() > kMaxPathBytes) return failure(badRequest("path", "path is too long: at most 4096 bytes are accepted"));
  if (path.find('\0') != std::string::npos) return failure(badRequest("path", "path must not contain a NUL character"));
  if (hasParentSegment(path)) return failure(badRequest("path", "path must not contain '..' segments"));
  return path;
}

}  // namespace terrarium
