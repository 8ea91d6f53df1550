// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/sparsecopy.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "backend/qemu/durablefile.h"
#include "backend/qemu/systemerror.h"
#include "backend/support/descriptor.h"

namespace terrarium {

namespace {

constexpr qint64 kStep = 64 * 1024;
/// Left free by every copy: a machine whose memory file cannot grow is killed, so one that starts needs room to begin with.
constexpr qint64 kReserve = 256 * 1024 * 1024;

Error copyError(const QString& from) { return systemError("The file \"" + from.toStdString() + "\" could not be copied."); }

bool copyByHand(int from, int to, qint64 offset, qint64 length) {
  std::vector<char> buffer(std::size_t(1) << 20);
  while (length > 0) {
    const auto got = ::pread(from, buffer.data(), std::size_t(std::min<qint64>(length, qint64(buffer.size()))), offset);
    if (got <= 0) return false;
    const auto put = ::pwrite(to, buffer.data(), std::size_t(got), offset);
    if (put <= 0) return false;
    offset += put;
    length -= put;
  }
  return true;
}

bool copyRange(int from, int to, qint64 offset, qint64 length) {
  while (length > 0) {
    loff_t in = offset;
    loff_t out = offset;
    const auto copied = ::copy_file_range(from, &in, to, &out, std::size_t(length), 0);
    if (copied <= 0) {
      const bool unsupported = copied == 0 || errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP;
      return unsupported && copyByHand(from, to, offset, length);
    }
    offset += copied;
    length -= copied;
  }
  return true;
}

bool isSameRange(int one, int other, qint64 begin, qint64 end) {
  std::vector<char> mine(std::size_t(1) << 20);
  std::vector<char> theirs(mine.size());
  while (begin < end) {
    const auto wanted = std::size_t(std::min<qint64>(end - begin, qint64(mine.size())));
    const auto got = ::pread(one, mine.data(), wanted, begin);
    if (got <= 0 || ::pread(other, theirs.data(), std::size_t(got), begin) != got) return false;
    if (!std::equal(mine.begin(), mine.begin() + got, theirs.begin())) return false;
    begin += got;
  }
  return true;
}

/// Calls `visit(begin, end)` for each stretch of data; false when it or the seeking failed.
template <class Visit>
bool forData(int file, qint64 size, Visit visit) {
  qint64 at = 0;
  while (at < size) {
    const auto begin = ::lseek(file, at, SEEK_DATA);
    if (begin < 0) return errno == ENXIO;
    const auto end = ::lseek(file, begin, SEEK_HOLE);
    if (end < 0 || !visit(begin, end)) return false;
    at = end;
  }
  return true;
}

Result<CopyWay> copyInto(const QString& name, int from, int to, const struct stat& status, qint64 room) {
  const auto tooLittle = [] { return failure(systemError("Too little room for a copy.", ENOSPC)); };
  if (room < kReserve) return tooLittle();
  if (::ioctl(to, FICLONE, from) == 0) return CopyWay::Reflink;
  if (room < status.st_blocks * 512 + kReserve) return tooLittle();
  const bool done = ::ftruncate(to, status.st_size) == 0 && forData(from, status.st_size, [&](qint64 begin, qint64 end) {
                      return copyRange(from, to, begin, end - begin);
                    });
  if (!done) return failure(copyError(name));
  return CopyWay::Sparse;
}

}  // namespace

Result<CopyWay> copySparselyTelling(const QString& from, const QString& to) {
  const Descriptor source(::open(QFile::encodeName(from).constData(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!source.isOpen() || ::fstat(source.number(), &status) != 0) return failure(copyError(from));
  const auto target = QFile::encodeName(to);
  const Descriptor copy(::open(target.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!copy.isOpen()) return failure(systemError("The file \"" + to.toStdString() + "\" could not be made."));
  auto done = copyInto(from, source.number(), copy.number(), status, freeBytesAt(QFileInfo(to).absolutePath()));
  if (!done) ::unlink(target.constData());
  return done;
}

Result<void> copySparsely(const QString& from, const QString& to) {
  const auto done = copySparselyTelling(from, to);
  if (!done) return failure(done.error());
  return {};
}

bool haveSameContent(const QString& one, const QString& other) {
  const Descriptor first(::open(QFile::encodeName(one).constData(), O_RDONLY | O_CLOEXEC));
  const Descriptor second(::open(QFile::encodeName(other).constData(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  struct stat otherStatus {};
  if (!first.isOpen() || !second.isOpen()) return false;
  if (::fstat(first.number(), &status) != 0 || ::fstat(second.number(), &otherStatus) != 0) return false;
  if (status.st_size != otherStatus.st_size) return false;
  const auto same = [&](qint64 begin, qint64 end) { return isSameRange(first.number(), second.number(), begin, end); };
  // Where both have holes there is nothing to compare.
  return forData(first.number(), status.st_size, same) && forData(second.number(), status.st_size, same);
}

Result<qint64> punchZeros(const QString& path) {
  const Descriptor file(::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC));
  struct stat status {};
  if (!file.isOpen() || ::fstat(file.number(), &status) != 0) return failure(copyError(path));
  const auto before = status.st_blocks;
  std::vector<char> step(kStep);
  const auto punch = [&](qint64 begin, qint64 end) {
    for (auto at = begin; at < end; at += kStep) {
      const auto length = std::min(kStep, end - at);
      if (::pread(file.number(), step.data(), std::size_t(length), at) != length) return false;
      if (std::any_of(step.begin(), step.begin() + length, [](char c) { return c != 0; })) continue;
      // A file system that knows no holes keeps its zeros.
      ::fallocate(file.number(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, length);
    }
    return true;
  };
  if (!forData(file.number(), status.st_size, punch)) return failure(copyError(path));
  if (::fstat(file.number(), &status) != 0) return failure(copyError(path));
  return qint64(before - status.st_blocks) * 512;
}

}  // namespace terrarium
