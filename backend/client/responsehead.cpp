// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/responsehead.h"

namespace terrarium {

namespace {
constexpr qsizetype kMaxHeadBytes = 64 * 1024;
const QByteArray kEnd("\r\n\r\n");

bool readStatus(const QByteArray& line, ResponseHead& head) {
  // "HTTP/1.1 101 Switching Protocols"
  if (!line.startsWith("HTTP/1.") || line.size() < 12 || line.at(8) != ' ') return false;
  bool isNumber = false;
  head.status = line.mid(9, 3).toInt(&isNumber);
  return isNumber && head.status >= 100;
}
}  // namespace

QByteArray ResponseHead::header(const QByteArray& name) const {
  for (const auto& [key, value] : headers) {
    if (key.compare(name, Qt::CaseInsensitive) == 0) return value;
  }
  return {};
}

HeadProgress takeResponseHead(QByteArray& buffer, ResponseHead& head) {
  const auto end = buffer.indexOf(kEnd);
  if (end < 0) return buffer.size() > kMaxHeadBytes ? HeadProgress::Malformed : HeadProgress::Incomplete;
  if (end > kMaxHeadBytes) return HeadProgress::Malformed;
  const auto text = buffer.left(end);
  buffer.remove(0, end + kEnd.size());
  head = {};
  bool first = true;
  for (const auto& raw : text.split('\n')) {
    const auto line = raw.endsWith('\r') ? raw.chopped(1) : raw;
    if (first) {
      if (!readStatus(line, head)) return HeadProgress::Malformed;
      first = false;
      continue;
    }
    const auto colon = line.indexOf(':');
    if (colon <= 0) return HeadProgress::Malformed;
    head.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
  }
  return HeadProgress::Complete;
}

}  // namespace terrarium
