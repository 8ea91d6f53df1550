// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/filewriter.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "backend/guest/agent/guestpath.h"

namespace terrarium::agent {

FileWriter::FileWriter(Channel& channel, std::uint32_t id, const std::string& path) : Stream(channel, id) { open(path); }

FileWriter::~FileWriter() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(path_.c_str());
}

void FileWriter::open(const std::string& path) {
  auto target = writablePath(path);
  if (!target) return fail(target.error());
  path_ = *target;
  if (const int error = makeParents(); error != 0) return fail(pathError(error, path_), error);
  const bool existed = access(path_.c_str(), F_OK) == 0;
  const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);
  // A pipe without a reader says ENXIO.
  if (fd < 0 && errno == ENXIO) return fail(badRequest("path", "\"" + path_ + "\" is not a regular file"));
  if (fd < 0) return fail(pathError(errno, path_), errno);
  struct stat status {};
  fstat(fd, &status);
  if (!S_ISREG(status.st_mode) || ftruncate(fd, 0) != 0) {
    close(fd);
    return fail(badRequest("path", "\"" + path_ + "\" is not a regular file"));
  }
  if (!existed) {
    fchmod(fd, 0644);
    giveToUser(path_);
  }
  fd_ = fd;
}

int FileWriter::makeParents() {
  for (auto slash = path_.find('/', 1); slash != std::string::npos; slash = path_.find('/', slash + 1)) {
    const auto folder = path_.substr(0, slash);
    if (mkdir(folder.c_str(), 0755) == 0) {
      giveToUser(folder);
    } else if (errno != EEXIST && access(folder.c_str(), F_OK) != 0) {
      return errno;
    }
  }
  return 0;
}

void FileWriter::giveToUser(const std::string& path) const {
  const auto& account = channel().identity().account();
  if (geteuid() != 0 || account.home == "/" || !isBelow(path, account.home)) return;
  if (lchown(path.c_str(), account.uid, account.gid) != 0) errno = 0;
}

void FileWriter::abandon(int errorNumber) {
  close(std::exchange(fd_, -1));
  unlink(path_.c_str());
  fail(pathError(errorNumber, path_), errorNumber);
}

void FileWriter::dataReceived(const std::string& data) {
  if (fd_ < 0) return;
  std::size_t done = 0;
  while (done < data.size()) {
    const auto count = write(fd_, data.data() + done, data.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return abandon(errno);
    done += static_cast<std::size_t>(count);
  }
  size_ += static_cast<std::int64_t>(data.size());
  giveCredit(data.size());
}

void FileWriter::endReceived() {
  if (fd_ < 0) return;
  if (close(std::exchange(fd_, -1)) != 0) {
    const int error = errno;
    unlink(path_.c_str());
    return fail(pathError(error, path_), error);
  }
  guest::GuestFrame frame;
  frame.mutable_end()->set_size(size_);
  sendFrame(frame);
  finish();
}

}  // namespace terrarium::agent
