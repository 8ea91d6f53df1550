// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/agent/zipwriter.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace terrarium::agent {

namespace {

constexpr std::uint16_t kVersion = 45;  // zip64
constexpr std::uint16_t kMadeByUnix = 3 << 8 | kVersion;
constexpr std::uint16_t kSizesFollow = 1 << 3;
constexpr std::uint16_t kNamesAreUtf8 = 1 << 11;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint32_t kInExtra = 0xffffffff;

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

// DOS date and time, the only ones that every reader knows; they begin in 1980.
std::uint32_t dosTime(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  if (parts.tm_year < 80) return 1 << 21 | 1 << 16;
  return static_cast<std::uint32_t>((parts.tm_year - 80) << 25 | (parts.tm_mon + 1) << 21 | parts.tm_mday << 16 |
                                    parts.tm_hour << 11 | parts.tm_min << 5 | parts.tm_sec / 2);
}

}  // namespace

ZipWriter::ZipWriter() { deflateInit2(&deflate_, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY); }

ZipWriter::~ZipWriter() { deflateEnd(&deflate_); }

void ZipWriter::localHeader() {
  current_.offset = position();
  put(out_, 0x04034b50, 4);
  put(out_, kVersion, 2);
  put(out_, current_.flags, 2);
  put(out_, current_.method, 2);
  put(out_, dosTime(current_.item.modified), 4);
  put(out_, 0, 4);  // the checksum follows the content
  const bool follows = (current_.flags & kSizesFollow) != 0;
  put(out_, follows ? kInExtra : 0, 4);
  put(out_, follows ? kInExtra : 0, 4);
  put(out_, current_.item.name.size(), 2);
  put(out_, follows ? 20 : 0, 2);
  out_ += current_.item.name;
  if (!follows) return;
  put(out_, 1, 2);  // zip64
  put(out_, 16, 2);
  put(out_, 0, 8);
  put(out_, 0, 8);
}

void ZipWriter::addDirectory(const Item& item) {
  current_ = {};
  current_.item = item;
  current_.flags = kNamesAreUtf8;
  localHeader();
  tableEntry();
}

void ZipWriter::beginFile(const Item& item) {
  current_ = {};
  current_.item = item;
  current_.flags = kNamesAreUtf8 | kSizesFollow;
  current_.method = kDeflated;
  current_.crc = static_cast<std::uint32_t>(crc32(0, nullptr, 0));
  deflateReset(&deflate_);
  localHeader();
}

void ZipWriter::content(std::string_view bytes) {
  current_.crc = static_cast<std::uint32_t>(
      crc32(current_.crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
  current_.size += bytes.size();
  compress(bytes, Z_NO_FLUSH);
}

void ZipWriter::compress(std::string_view bytes, int flush) {
  std::array<char, 16384> part{};
  deflate_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  deflate_.avail_in = static_cast<uInt>(bytes.size());
  do {
    deflate_.next_out = reinterpret_cast<Bytef*>(part.data());
    deflate_.avail_out = static_cast<uInt>(part.size());
    ::deflate(&deflate_, flush);
    const auto made = part.size() - deflate_.avail_out;
    out_.append(part.data(), made);
    current_.compressed += made;
  } while (deflate_.avail_out == 0);
}

void ZipWriter::endFile() {
  compress({}, Z_FINISH);
  put(out_, 0x08074b50, 4);
  put(out_, current_.crc, 4);
  put(out_, current_.compressed, 8);
  put(out_, current_.size, 8);
  tableEntry();
}

void ZipWriter::tableEntry() {
  ++entries_;
  put(table_, 0x02014b50, 4);
  put(table_, kMadeByUnix, 2);
  put(table_, kVersion, 2);
  put(table_, current_.flags, 2);
  put(table_, current_.method, 2);
  put(table_, dosTime(current_.item.modified), 4);
  put(table_, current_.crc, 4);
  put(table_, kInExtra, 4);
  put(table_, kInExtra, 4);
  put(table_, current_.item.name.size(), 2);
  put(table_, 28, 2);
  put(table_, 0, 2);  // comment
  put(table_, 0, 2);  // disk
  put(table_, 0, 2);  // internal attributes
  const unsigned directoryBit = current_.item.name.ends_with('/') ? 0x10 : 0;
  put(table_, current_.item.mode << 16 | directoryBit, 4);
  put(table_, kInExtra, 4);
  table_ += current_.item.name;
  put(table_, 1, 2);  // zip64
  put(table_, 24, 2);
  put(table_, current_.size, 8);
  put(table_, current_.compressed, 8);
  put(table_, current_.offset, 8);
}

void ZipWriter::end() {
  const auto begin = position();
  out_ += table_;
  const auto tableEnd = position();
  put(out_, 0x06064b50, 4);
  put(out_, 44, 8);
  put(out_, kMadeByUnix, 2);
  put(out_, kVersion, 2);
  put(out_, 0, 4);
  put(out_, 0, 4);
  put(out_, entries_, 8);
  put(out_, entries_, 8);
  put(out_, tableEnd - begin, 8);
  put(out_, begin, 8);
  put(out_, 0x07064b50, 4);
  put(out_, 0, 4);
  put(out_, tableEnd, 8);
  put(out_, 1, 4);
  put(out_, 0x06054b50, 4);
  put(out_, 0, 4);
  put(out_, std::min<std::uint64_t>(entries_, 0xffff), 2);
  put(out_, std::min<std::uint64_t>(entries_, 0xffff), 2);
  put(out_, kInExtra, 4);
  put(out_, kInExtra, 4);
  put(out_, 0, 2);
}

std::string ZipWriter::take(std::size_t atMost) {
  std::string part = out_.substr(0, atMost);
  out_.erase(0, part.size());
  taken_ += part.size();
  return part;
}

}  // namespace terrarium::agent
