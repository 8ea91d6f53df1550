// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <map>
#include <string>
#include <vector>

#include "backend/api/files.h"

namespace terrarium {

/// The make-believe file system of one sandbox, in memory. Paths are absolute; doubled and trailing slashes and `.` do not matter.
class DemoFileTree {
 public:
  struct Node {
    bool isDirectory = false;
    QByteArray content = {};
    std::int64_t modifiedUnix = 0;
    std::uint32_t mode = 0;
  };
  static constexpr qint64 kMaxFileBytes = 64LL * 1024 * 1024;

  /// With the usual directories and a small project in /home/user.
  DemoFileTree(const std::string& hostname, std::int64_t nowUnix);

  [[nodiscard]] const Node* find(const std::string& path) const;
  /// NotFound with "File not found."
  [[nodiscard]] Result<FileEntry> stat(const std::string& path) const;
  /// In order of name. NotFound with "Folder not found."
  [[nodiscard]] Result<std::vector<FileEntry>> list(const std::string& path) const;
  /// All files and directories below, as paths relative to `path`.
  [[nodiscard]] std::map<std::string, const Node*> below(const std::string& path) const;

  Result<void> checkWritable(const std::string& path) const;
  /// Makes parents, replaces the content.
  Result<void> write(const std::string& path, const QByteArray& content);
  Result<void> makeDirectory(const std::string& path);
  Result<void> remove(const std::string& path);

 private:
  void makeParents(const std::string& path);

  std::int64_t nowUnix_;
  std::map<std::string, Node> nodes_;
};

/// Without doubled or trailing slashes and without `.`; `..` goes up and stops at the root.
[[nodiscard]] std::string normalizedPath(const std::string& path);

}  // namespace terrarium
