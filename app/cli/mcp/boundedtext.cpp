// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/mcp/boundedtext.h"

#include <algorithm>

namespace terrarium {

namespace {
constexpr qsizetype kLongestCharacter = 4;

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

qsizetype lengthFrom(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}
}  // namespace

void BoundedText::append(const QByteArray& bytes) {
  total_ += bytes.size();
  const auto fits = std::min(half_ - head_.size(), bytes.size());
  head_ += bytes.left(fits);
  tail_ += bytes.mid(fits);
  // Not with every piece: cutting copies.
  if (tail_.size() > half_ * 2) tail_ = tail_.right(half_);
}

QString BoundedText::text() const {
  if (!isCut()) return QString::fromUtf8(head_ + tail_);
  const auto begin = withoutCutEnd(head_);
  const auto end = withoutCutBeginning(tail_.right(half_));
  return QStringLiteral("%1\n[%2 of %3 bytes are left out here]\n%4")
      .arg(QString::fromUtf8(begin), QString::number(total_ - begin.size() - end.size()), QString::number(total_),
           QString::fromUtf8(end));
}

QByteArray withoutCutEnd(const QByteArray& text) {
  for (qsizetype back = 1; back <= std::min(kLongestCharacter, text.size()); ++back) {
    const auto byte = text.at(text.size() - back);
    if (continues(byte)) continue;
    return lengthFrom(byte) > back ? text.chopped(back) : text;
  }
  return text;
}

QByteArray withoutCutBeginning(const QByteArray& text) {
  qsizetype skip = 0;
  while (skip < std::min(kLongestCharacter - 1, text.size()) && continues(text.at(skip))) ++skip;
  return text.mid(skip);
}

}  // namespace terrarium
