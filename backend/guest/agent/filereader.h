// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "backend/guest/agent/stream.h"

namespace terrarium::agent {

/// Sends a regular file, or a range of it, as it was long when it was opened.
class FileReader final : public Stream {
 public:
  FileReader(Channel& channel, std::uint32_t id, const guest::ReadFile& request);
  ~FileReader() override;
  bool pump() override;

 private:
  void open(const guest::ReadFile& request);

  std::string path_;
  int fd_ = -1;
  std::int64_t sent_ = 0;
  std::int64_t atMost_ = 0;
};

}  // namespace terrarium::agent
