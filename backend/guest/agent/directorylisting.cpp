// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/directorylisting.h"

#include <cerrno>
#include <string_view>
#include <utility>

#include "backend/guest/agent/guestpath.h"

namespace terrarium::agent {

namespace {
constexpr std::size_t kPortionBytes = 24 * 1024;
}

DirectoryListing::DirectoryListing(Channel& channel, std::uint32_t id, const std::string& path) : Stream(channel, id) {
  open(path);
}

DirectoryListing::~DirectoryListing() {
  if (folder_ != nullptr) closedir(folder_);
}

void DirectoryListing::open(const std::string& path) {
  auto clean = checkedPath(path);
  if (!clean) return fail(clean.error());
  path_ = *clean;
  folder_ = opendir(path_.c_str());
  if (folder_ == nullptr) fail(pathError(errno, path_), errno);
}

bool DirectoryListing::pump() {
  while (folder_ != nullptr && channel().room() >= kPortionBytes) sendPortion();
  return false;
}

void DirectoryListing::sendPortion() {
  guest::GuestFrame frame;
  auto& entries = *frame.mutable_entries();
  std::size_t bytes = 0;
  while (bytes < kPortionBytes) {
    const dirent* found = readdir(folder_);
    if (found == nullptr) {
      closedir(std::exchange(folder_, nullptr));
      sendFrame(frame);
      return finish();
    }
    const std::string_view name(found->d_name);
    if (name == "." || name == "..") continue;
    auto entry = describe(path_ == "/" ? "/" + std::string(name) : path_ + "/" + std::string(name));
    if (!entry) continue;  // it went in the meantime
    bytes += entry->ByteSizeLong();
    *entries.add_entry() = std::move(*entry);
  }
  entries.set_more(true);
  sendFrame(frame);
}

FileStatus::FileStatus(Channel& channel, std::uint32_t id, const std::string& path) : Stream(channel, id) { answer(path); }

void FileStatus::answer(const std::string& path) {
  auto clean = checkedPath(path);
  if (!clean) return fail(clean.error());
  auto entry = describe(*clean);
  if (!entry) return fail(entry.error());
  guest::GuestFrame frame;
  *frame.mutable_entries()->add_entry() = std::move(*entry);
  sendFrame(frame);
  finish();
}

}  // namespace terrarium::agent
