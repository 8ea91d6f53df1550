// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/smallfile.h"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace terrarium::agent {

namespace {
constexpr std::size_t kMostBytes = 1024 * 1024;

bool writeAndClose(int fd, std::string_view content) {
  if (fd < 0) return false;
  const auto written = write(fd, content.data(), content.size());
  close(fd);
  return written == static_cast<ssize_t>(content.size());
}
}  // namespace

std::string readSmallFile(const std::string& path) {
  std::string content;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return content;
  std::array<char, 16384> part{};
  ssize_t count = 0;
  while (content.size() < kMostBytes && (count = read(fd, part.data(), part.size())) > 0) {
    content.append(part.data(), static_cast<std::size_t>(count));
  }
  close(fd);
  return content;
}

bool writeSmallFile(const std::string& path, std::string_view content) {
  unlink(path.c_str());
  return writeAndClose(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644), content);
}

void refreshSmallFile(const std::string& path, std::string_view content) {
  const int fd = open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status {};
  const bool fits =
      fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == static_cast<off_t>(content.size());
  const bool written = fits && pwrite(fd, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size());
  if (fd >= 0) close(fd);
  if (!written) writeSmallFile(path, content);
}

bool writeInto(const std::string& path, std::string_view content) {
  return writeAndClose(open(path.c_str(), O_WRONLY | O_CLOEXEC), content);
}

}  // namespace terrarium::agent
