// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <cstdint>

namespace terrarium {

/// Writes a cpio archive in the "newc" format that the kernel unpacks as its first root file system. Pure: bytes in, bytes out.
/// Everything belongs to root and has no time stamp, so equal content gives equal bytes. Parents must be added before their
/// content.
class InitramfsWriter {
 public:
  void addDirectory(const QByteArray& path, std::uint32_t mode = 0755);
  void addFile(const QByteArray& path, const QByteArray& content, std::uint32_t mode = 0644);
  void addCharacterDevice(const QByteArray& path, std::uint32_t major, std::uint32_t minor, std::uint32_t mode = 0600);
  /// The whole archive; the writer is empty afterwards.
  [[nodiscard]] QByteArray finish();

 private:
  struct Entry;
  void add(const Entry& entry, const QByteArray& content);
  QByteArray archive_;
  std::uint32_t nextInode_ = 1;
};

}  // namespace terrarium
