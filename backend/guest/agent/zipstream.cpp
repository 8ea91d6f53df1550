// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/zipstream.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "backend/guest/agent/guestpath.h"
#include "backend/guest/agentprotocol.h"

namespace terrarium::agent {

namespace {
constexpr std::int64_t kMostContent = 2LL * 1024 * 1024 * 1024;
constexpr std::uint64_t kMostEntries = 500'000;
constexpr std::size_t kMostLevels = 256;
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
}  // namespace

ZipStream::ZipStream(Channel& channel, std::uint32_t id, const std::string& path) : Stream(channel, id) { open(path); }

ZipStream::~ZipStream() {
  for (const auto& level : levels_) closedir(level.folder);
  if (file_ >= 0) close(file_);
}

void ZipStream::open(const std::string& path) {
  auto clean = checkedPath(path);
  if (!clean) return fail(clean.error());
  auto entry = describe(*clean);
  if (!entry) return fail(entry.error());
  if (entry->is_symlink()) return fail(badRequest("path", "\"" + *clean + "\" is a symbolic link: name the directory itself"));
  if (!entry->is_directory()) return fail(badRequest("path", "\"" + *clean + "\" is not a directory"));
  const int folder = ::open(clean->c_str(), kFolderFlags);
  if (folder < 0) return fail(pathError(errno, *clean), errno);
  const auto name = *clean == "/" ? "root" : baseName(*clean);
  guest::GuestFrame frame;
  frame.mutable_opened()->set_name(name + ".zip");
  frame.mutable_opened()->set_size(-1);
  frame.mutable_opened()->set_modified(entry->modified());
  frame.mutable_opened()->set_mode(entry->mode());
  sendFrame(frame);
  enter(folder, name + "/");
}

void ZipStream::enter(int folder, const std::string& prefix) {
  struct stat status {};
  fstat(folder, &status);
  zip_.addDirectory({prefix, status.st_mtim.tv_sec, status.st_mode});
  DIR* opened = levels_.size() < kMostLevels ? fdopendir(folder) : nullptr;
  if (opened == nullptr) {
    close(folder);
    return;
  }
  levels_.push_back({opened, prefix});
}

bool ZipStream::pump() {
  while (!ended_ && allowance() > 0) {
    while (!complete_ && !ended_ && zip_.collected() < guest::kChunk) advance();
    if (ended_) return false;
    guest::GuestFrame frame;
    if (zip_.collected() > 0) {
      frame.set_data(zip_.take(allowance()));
      sent_ += static_cast<std::int64_t>(frame.data().size());
      const auto bytes = frame.data().size();
      sendContent(frame, bytes);
    } else if (complete_) {
      ended_ = true;
      frame.mutable_end()->set_size(sent_);
      sendFrame(frame);
      finish();
    }
  }
  return false;
}

void ZipStream::advance() {
  if (file_ >= 0) {
    readPart();
  } else if (!levels_.empty()) {
    nextEntry();
  } else {
    zip_.end();
    complete_ = true;
  }
  if (content_ <= kMostContent && zip_.entries() <= kMostEntries) return;
  ended_ = true;
  fail({ErrorCode::TooLarge, "The directory is too large for an archive: at most 2 GiB and 500,000 entries are accepted."});
}

void ZipStream::nextEntry() {
  auto& level = levels_.back();
  const dirent* found = readdir(level.folder);
  if (found == nullptr) {
    closedir(level.folder);
    levels_.pop_back();
    return;
  }
  const std::string_view name(found->d_name);
  if (name == "." || name == "..") return;
  struct stat status {};
  const int parent = dirfd(level.folder);
  if (fstatat(parent, found->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  const auto archived = level.prefix + std::string(name);
  if (S_ISDIR(status.st_mode)) {
    const int folder = openat(parent, found->d_name, kFolderFlags);
    if (folder >= 0) enter(folder, archived + "/");
  } else if (S_ISREG(status.st_mode)) {
    file_ = openat(parent, found->d_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file_ >= 0) zip_.beginFile({archived, status.st_mtim.tv_sec, status.st_mode});
  }
}

void ZipStream::readPart() {
  static std::array<char, 64 * 1024> buffer;
  const auto count = read(file_, buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) {
    close(std::exchange(file_, -1));
    zip_.endFile();
    return;
  }
  content_ += count;
  zip_.content({buffer.data(), static_cast<std::size_t>(count)});
}

}  // namespace terrarium::agent
