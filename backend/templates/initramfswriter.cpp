// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/templates/initramfswriter.h"

#include <array>
#include <sys/stat.h>
#include <utility>

namespace terrarium {

struct InitramfsWriter::Entry {
  QByteArray path;
  std::uint32_t mode = 0;
  std::uint32_t links = 1;
  std::uint32_t deviceMajor = 0;
  std::uint32_t deviceMinor = 0;
};

namespace {

QByteArray hex8(std::uint32_t value) { return QByteArray::number(value, 16).rightJustified(8, '0'); }

void pad(QByteArray& bytes, qsizetype unit) {
  if (const auto rest = bytes.size() % unit) bytes.append(unit - rest, '\0');
}

}  // namespace

void InitramfsWriter::addDirectory(const QByteArray& path, std::uint32_t mode) { add({path, S_IFDIR | mode, 2}, {}); }

void InitramfsWriter::addFile(const QByteArray& path, const QByteArray& content, std::uint32_t mode) {
  add({path, S_IFREG | mode}, content);
}

void InitramfsWriter::addCharacterDevice(const QByteArray& path, std::uint32_t major, std::uint32_t minor, std::uint32_t mode) {
  add({path, S_IFCHR | mode, 1, major, minor}, {});
}

QByteArray InitramfsWriter::finish() {
  nextInode_ = 0;
  add({"TRAILER!!!"}, {});
  pad(archive_, 512);
  nextInode_ = 1;
  return std::exchange(archive_, {});
}

void InitramfsWriter::add(const Entry& entry, const QByteArray& content) {
  // Linux, Documentation/driver-api/early-userspace/buffer-format.rst: magic, then thirteen fields of eight hexadecimal digits.
  const std::array<std::uint32_t, 13> fields{nextInode_++,
                                             entry.mode,
                                             0,  // uid
                                             0,  // gid
                                             entry.links,
                                             0,  // mtime
                                             static_cast<std::uint32_t>(content.size()),
                                             0,  // major and minor of the file's own device
                                             0,
                                             entry.deviceMajor,
                                             entry.deviceMinor,
                                             static_cast<std::uint32_t>(entry.path.size() + 1),
                                             0};  // checksum
  archive_ += "070701";
  for (const auto field : fields) archive_ += hex8(field);
  archive_ += entry.path;
  archive_ += '\0';
  pad(archive_, 4);
  archive_ += content;
  pad(archive_, 4);
}

}  // namespace terrarium
