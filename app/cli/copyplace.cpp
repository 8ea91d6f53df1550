// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/copyplace.h"

#include "backend/api/files.h"

namespace terrarium {

Result<CopyPlace> parseCopyPlace(std::string_view text) {
  if (text.empty()) return failure(badRequest("path", "A path must not be empty."));
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.substr(0, colon).find('/') != std::string_view::npos) {
    return CopyPlace{std::nullopt, std::string(text)};
  }
  auto path = checkedGuestPath(std::string(text.substr(colon + 1)));
  if (!path) return failure(path.error());
  return CopyPlace{std::string(text.substr(0, colon)), *path};
}

bool isSafeFileName(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

std::string joinedPath(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::string baseName(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.substr(path.find_last_of('/') + 1);
}

}  // namespace terrarium
