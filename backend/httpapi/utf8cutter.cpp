// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/utf8cutter.h"

namespace terrarium {

namespace {
/// How many bytes at the end begin a character that is not complete.
qsizetype unfinishedTail(const QByteArray& bytes) {
  for (qsizetype back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const auto byte = static_cast<unsigned char>(bytes.at(bytes.size() - back));
    if ((byte & 0xc0U) == 0x80U) continue;
    const qsizetype length = byte >= 0xf0U && byte < 0xf8U ? 4 : byte >= 0xe0U ? 3 : byte >= 0xc0U ? 2 : 1;
    return byte < 0xf8U && length > back ? back : 0;
  }
  return 0;
}
}  // namespace

QByteArray Utf8Cutter::feed(const QByteArray& bytes) {
  auto all = std::exchange(held_, {}) + bytes;
  const auto tail = unfinishedTail(all);
  held_ = all.right(tail);
  all.chop(tail);
  return all;
}

}  // namespace terrarium
