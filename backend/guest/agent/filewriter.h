// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

#include "backend/guest/agent/stream.h"

namespace terrarium::agent {

/// Stores what comes in a file, which it makes together with missing parents, or truncates. Below the home of the sandbox's user
/// what it makes belongs to that user. Unless the end was received, destroying it removes the file.
class FileWriter final : public Stream {
 public:
  FileWriter(Channel& channel, std::uint32_t id, const std::string& path);
  ~FileWriter() override;

 protected:
  void dataReceived(const std::string& data) override;
  void endReceived() override;

 private:
  void open(const std::string& path);
  [[nodiscard]] int makeParents();
  void giveToUser(const std::string& path) const;
  void abandon(int errorNumber);

  std::string path_;
  int fd_ = -1;
  std::int64_t size_ = 0;
};

}  // namespace terrarium::agent
