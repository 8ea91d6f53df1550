// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/qemu/linebuffer.h"

#include <utility>

namespace terrarium {

bool LineBuffer::append(const QByteArray& bytes) {
  qsizetype from = 0;
  while (from < bytes.size()) {
    const auto end = bytes.indexOf('\n', from);
    const auto length = (end < 0 ? bytes.size() : end) - from;
    if (pending_.size() + length > longest_) return false;
    pending_.append(bytes.constData() + from, length);
    if (end < 0) return true;
    if (pending_.endsWith('\r')) pending_.chop(1);
    if (!pending_.isEmpty()) lines_.append(std::exchange(pending_, {}));
    from = end + 1;
  }
  return true;
}

QList<QByteArray> LineBuffer::takeLines() { return std::exchange(lines_, {}); }

}  // namespace terrarium
