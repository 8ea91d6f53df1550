// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/responsebody.h"

#include <algorithm>
#include <utility>

namespace terrarium {

namespace {
constexpr qsizetype kMaxLine = 4096;
}

ResponseBody::ResponseBody(const ResponseHead& head) {
  if (head.header("Transfer-Encoding").toLower() == "chunked") {
    stage_ = Stage::ChunkHead;
    return;
  }
  bool known = false;
  left_ = head.header("Content-Length").toLongLong(&known);
  if (!known || left_ < 0) return;
  stage_ = left_ == 0 ? Stage::Complete : Stage::Length;
}

qsizetype ResponseBody::takeData(const QByteArray& bytes, qsizetype at, QByteArray& content) {
  const auto count = static_cast<qsizetype>(std::min<qint64>(left_, bytes.size() - at));
  content.append(bytes.constData() + at, count);
  left_ -= count;
  if (left_ == 0) stage_ = stage_ == Stage::Length ? Stage::Complete : Stage::ChunkEnd;
  return count;
}

QByteArray ResponseBody::feed(const QByteArray& bytes) {
  if (stage_ == Stage::UntilClosed) return bytes;
  QByteArray content;
  qsizetype at = 0;
  while (at < bytes.size() && !isComplete() && !isMalformed()) {
    if (stage_ == Stage::Length || stage_ == Stage::ChunkData) {
      at += takeData(bytes, at, content);
      continue;
    }
    const char byte = bytes.at(at++);
    if (byte == '\n') {
      onLine();
    } else if (line_.size() < kMaxLine) {
      line_.append(byte);
    } else {
      stage_ = Stage::Malformed;
    }
  }
  return content;
}

void ResponseBody::onLine() {
  const auto line = std::exchange(line_, {}).trimmed();
  if (stage_ == Stage::Trailer) {
    if (line.isEmpty()) stage_ = Stage::Complete;
    return;
  }
  if (stage_ == Stage::ChunkEnd) {
    stage_ = line.isEmpty() ? Stage::ChunkHead : Stage::Malformed;
    return;
  }
  bool known = false;
  left_ = line.left(line.indexOf(';') < 0 ? line.size() : line.indexOf(';')).trimmed().toLongLong(&known, 16);
  if (!known || left_ < 0) {
    stage_ = Stage::Malformed;
  } else {
    stage_ = left_ == 0 ? Stage::Trailer : Stage::ChunkData;
  }
}

}  // namespace terrarium
