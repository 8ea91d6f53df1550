// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <dirent.h>
#include <vector>

#include "backend/guest/agent/stream.h"
#include "backend/guest/agent/zipwriter.h"

namespace terrarium::agent {

/// Sends a directory as a zip archive that is made on the way. Symbolic links and special files are left out. At most 2 GiB of
/// content.
class ZipStream final : public Stream {
 public:
  ZipStream(Channel& channel, std::uint32_t id, const std::string& path);
  ~ZipStream() override;
  bool pump() override;

 private:
  struct Level {
    DIR* folder = nullptr;
    std::string prefix;  ///< of names in the archive, with its slash
  };
  void open(const std::string& path);
  void enter(int folder, const std::string& prefix);
  void advance();
  void nextEntry();
  void readPart();

  std::vector<Level> levels_;
  int file_ = -1;
  std::int64_t content_ = 0;
  std::int64_t sent_ = 0;
  bool complete_ = false;
  bool ended_ = false;
  ZipWriter zip_;
};

}  // namespace terrarium::agent
