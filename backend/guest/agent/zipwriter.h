// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

namespace terrarium::agent {

/// Writes a zip archive front to back, without going back: sizes follow the content, zip64 fields are always there. No I/O: the
/// bytes collect until the owner takes them.
class ZipWriter {
 public:
  ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;
  ~ZipWriter();

  struct Item {
    std::string name;  ///< with a trailing slash for a directory
    std::int64_t modified = 0;
    unsigned mode = 0;
  };
  void addDirectory(const Item& item);
  void beginFile(const Item& item);
  void content(std::string_view bytes);
  void endFile();
  /// The table of contents.
  void end();

  /// Hands out what has collected.
  [[nodiscard]] std::string take(std::size_t atMost);
  [[nodiscard]] std::size_t collected() const { return out_.size(); }
  [[nodiscard]] std::uint64_t entries() const { return entries_; }

 private:
  struct Current {
    Item item;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t compressed = 0;
    std::uint32_t crc = 0;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
  };
  void localHeader();
  void tableEntry();
  void compress(std::string_view bytes, int flush);
  [[nodiscard]] std::uint64_t position() const { return taken_ + out_.size(); }

  z_stream deflate_{};
  std::string out_;
  std::uint64_t taken_ = 0;
  Current current_;
  std::string table_;
  std::uint64_t entries_ = 0;
};

}  // namespace terrarium::agent
