// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/guestpath.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace terrarium::agent {

namespace {

constexpr std::array<std::string_view, 3> kProtectedFolders = {"/proc", "/sys", "/dev"};
constexpr std::array<std::string_view, 4> kProtectedFiles = {"/", "/sbin/init", "/usr/sbin/init", "/usr/local/bin/boxd"};
constexpr unsigned kPermissionBits = 07777;

bool isProtected(const std::string& path) {
  for (const auto folder : kProtectedFolders) {
    if (isBelow(path, std::string(folder))) return true;
  }
  for (const auto file : kProtectedFiles) {
    if (path == file) return true;
  }
  return false;
}

// Resolves as much as exists, from the end backwards.
std::string resolved(const std::string& path) {
  std::string existing = path;
  std::string rest;
  std::array<char, PATH_MAX> buffer{};
  while (!existing.empty() && existing != "/") {
    if (realpath(existing.c_str(), buffer.data()) != nullptr) return std::string(buffer.data()) + rest;
    const auto slash = existing.rfind('/');
    rest = existing.substr(slash) + rest;
    existing.resize(slash);
  }
  return rest.empty() ? "/" : rest;
}

}  // namespace

bool isBelow(const std::string& path, const std::string& folder) {
  return path.compare(0, folder.size(), folder) == 0 && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string baseName(const std::string& path) { return path == "/" ? path : path.substr(path.rfind('/') + 1); }

Result<std::string> checkedPath(const std::string& path) {
  if (path.empty() || path.front() != '/') return failure(badRequest("path", "path must be absolute: it has to begin with '/'"));
  if (path.size() >= PATH_MAX) return failure(badRequest("path", "path is too long: at most 4095 bytes are accepted"));
  if (path.find('\0') != std::string::npos) return failure(badRequest("path", "path must not contain a NUL character"));
  std::string clean;
  std::string_view rest = path;
  while (!rest.empty()) {
    const auto slash = rest.find('/');
    const auto part = rest.substr(0, slash);
    if (part == "..") return failure(badRequest("path", "path must not contain '..' segments"));
    if (!part.empty() && part != ".") clean.append("/").append(part);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  }
  return clean.empty() ? "/" : clean;
}

Result<std::string> writablePath(const std::string& path) {
  auto clean = checkedPath(path);
  if (!clean) return clean;
  auto target = resolved(*clean);
  if (isProtected(*clean) || isProtected(target)) {
    return failure(badRequest("path", "path \"" + *clean + "\" is protected: choose one outside /proc, /sys and /dev"));
  }
  return target;
}

Error pathError(int errorNumber, const std::string& path) {
  const std::string reason = strerror(errorNumber);
  switch (errorNumber) {
    case ENOENT:
      return {ErrorCode::NotFound, "file not found", path};
    case ENOTDIR:
      return badRequest("path", "a part of \"" + path + "\" is not a directory");
    case EISDIR:
      return badRequest("path", "\"" + path + "\" is a directory");
    case ENOSPC:
    case EDQUOT:
      return {ErrorCode::StorageFull, "The sandbox's disk is full. Remove something in it, or use a template with a larger disk.",
              "errno " + std::to_string(errorNumber) + " (" + reason + ") at " + path};
    default:
      return {ErrorCode::FileSystem, "\"" + path + "\": " + reason + " (errno " + std::to_string(errorNumber) + ")", path};
  }
}

Result<guest::Entry> describe(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return failure(pathError(errno, path));
  guest::Entry entry;
  entry.set_name(baseName(path));
  entry.set_size(status.st_size);
  entry.set_modified(status.st_mtim.tv_sec);
  entry.set_mode(status.st_mode & kPermissionBits);
  entry.set_is_symlink(S_ISLNK(status.st_mode));
  struct stat target = status;
  if (S_ISLNK(status.st_mode) && stat(path.c_str(), &target) != 0) target = status;
  entry.set_is_directory(S_ISDIR(target.st_mode));
  return entry;
}

}  // namespace terrarium::agent
