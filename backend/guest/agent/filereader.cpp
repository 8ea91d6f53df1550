// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/filereader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

#include "backend/guest/agent/guestpath.h"
#include "backend/guest/agentprotocol.h"

namespace terrarium::agent {

FileReader::FileReader(Channel& channel, std::uint32_t id, const guest::ReadFile& request) : Stream(channel, id) { open(request); }

FileReader::~FileReader() {
  if (fd_ >= 0) close(fd_);
}

void FileReader::open(const guest::ReadFile& request) {
  auto path = checkedPath(request.path());
  if (!path) return fail(path.error());
  path_ = *path;
  // Not blocking: a pipe without a writer must not hold up everything.
  const int fd = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return fail(pathError(errno, path_), errno);
  struct stat status {};
  fstat(fd, &status);
  if (!S_ISREG(status.st_mode)) {
    close(fd);
    return fail(badRequest("path", "\"" + path_ + "\" is " + (S_ISDIR(status.st_mode) ? "a directory" : "not a regular file")));
  }
  const auto offset = std::max<std::int64_t>(request.offset(), 0);
  if (offset > 0 && lseek(fd, offset, SEEK_SET) < 0) {
    const int error = errno;
    close(fd);
    return fail(pathError(error, path_), error);
  }
  fd_ = fd;
  // Files of the kernel say 0 and have content all the same.
  atMost_ = status.st_size == 0 ? std::numeric_limits<std::int64_t>::max() : std::max<std::int64_t>(status.st_size - offset, 0);
  if (request.has_length()) atMost_ = std::min(atMost_, std::max<std::int64_t>(request.length(), 0));
  guest::GuestFrame frame;
  auto& entry = *frame.mutable_opened();
  entry.set_name(baseName(path_));
  entry.set_size(status.st_size);
  entry.set_modified(status.st_mtim.tv_sec);
  entry.set_mode(status.st_mode & 07777U);
  sendFrame(frame);
}

bool FileReader::pump() {
  static std::array<char, guest::kChunk> buffer;
  while (fd_ >= 0 && allowance() > 0) {
    const auto wanted = std::min<std::int64_t>(static_cast<std::int64_t>(allowance()), atMost_ - sent_);
    const auto count = wanted == 0 ? 0 : read(fd_, buffer.data(), static_cast<std::size_t>(wanted));
    if (count < 0 && errno == EINTR) continue;
    guest::GuestFrame frame;
    if (count > 0) {
      sent_ += count;
      frame.set_data(buffer.data(), static_cast<std::size_t>(count));
      sendContent(frame, static_cast<std::size_t>(count));
      continue;
    }
    const int error = errno;
    close(fd_);
    fd_ = -1;
    if (count < 0) {
      fail(pathError(error, path_), error);
    } else {
      frame.mutable_end()->set_size(sent_);
      sendFrame(frame);
      finish();
    }
  }
  return false;
}

}  // namespace terrarium::agent
