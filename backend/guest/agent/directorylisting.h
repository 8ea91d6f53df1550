// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <dirent.h>

#include "backend/guest/agent/stream.h"

namespace terrarium::agent {

/// Sends the entries of a directory in portions, in the order of the file system.
class DirectoryListing final : public Stream {
 public:
  DirectoryListing(Channel& channel, std::uint32_t id, const std::string& path);
  ~DirectoryListing() override;
  bool pump() override;

 private:
  void open(const std::string& path);
  void sendPortion();

  std::string path_;
  DIR* folder_ = nullptr;
};

/// Answers what one path is.
class FileStatus final : public Stream {
 public:
  FileStatus(Channel& channel, std::uint32_t id, const std::string& path);

 private:
  void answer(const std::string& path);
};

}  // namespace terrarium::agent
