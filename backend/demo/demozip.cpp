// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demozip.h"

#include <array>

namespace terrarium {

namespace {

/// CRC-32 of ISO 3309, bit by bit: the files of a demonstration are small.
std::uint32_t crc32(const QByteArray& bytes) {
  std::uint32_t crc = ~0U;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0U ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

void put(QByteArray& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.append(static_cast<char>((value >> (8U * static_cast<unsigned>(i))) & 0xFFU));
}

/// The fields that local header and central directory share (APPNOTE 4.3.7 and 4.3.12).
QByteArray sharedFields(const QByteArray& name, const QByteArray& content) {
  QByteArray out;
  put(out, 20, 2);          // version needed
  put(out, 0x0800, 2);      // names are UTF-8
  put(out, 0, 2);           // stored
  put(out, 0x00210000, 4);  // 1980-01-01, so that the archive is the same every time
  put(out, crc32(content), 4);
  put(out, static_cast<std::uint32_t>(content.size()), 4);
  put(out, static_cast<std::uint32_t>(content.size()), 4);
  put(out, static_cast<std::uint32_t>(name.size()), 2);
  put(out, 0, 2);  // no extra field
  return out;
}

struct Archive {
  QByteArray files;
  QByteArray directory;
  std::uint32_t count = 0;

  void add(const QByteArray& name, const QByteArray& content) {
    const auto fields = sharedFields(name, content);
    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);  // made by
    directory += fields;
    put(directory, 0, 2);  // comment
    put(directory, 0, 2);  // disk
    put(directory, 0, 2);  // internal attributes
    put(directory, name.endsWith('/') ? 0x10 : 0, 4);
    put(directory, static_cast<std::uint32_t>(files.size()), 4);
    directory += name;
    put(files, 0x04034b50, 4);
    files += fields + name + content;
    ++count;
  }

  [[nodiscard]] QByteArray finished() const {
    QByteArray end;
    put(end, 0x06054b50, 4);
    put(end, 0, 4);  // disks
    put(end, count, 2);
    put(end, count, 2);
    put(end, static_cast<std::uint32_t>(directory.size()), 4);
    put(end, static_cast<std::uint32_t>(files.size()), 4);
    put(end, 0, 2);  // comment
    return files + directory + end;
  }
};

}  // namespace

QByteArray zipOf(const DemoFileTree& tree, const std::string& directory) {
  const auto base = normalizedPath(directory);
  const auto prefix = base == "/" ? std::string() : base.substr(base.rfind('/') + 1) + "/";
  Archive archive;
  if (!prefix.empty()) archive.add(QByteArray::fromStdString(prefix), {});
  for (const auto& [relative, node] : tree.below(base)) {
    archive.add(QByteArray::fromStdString(prefix + relative + (node->isDirectory ? "/" : "")), node->content);
  }
  return archive.finished();
}

}  // namespace terrarium
