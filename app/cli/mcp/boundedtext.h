// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace terrarium {

/// Output of which only so much is kept: its beginning and its end, as errors stand at either.
class BoundedText {
 public:
  explicit BoundedText(qsizetype limit) : half_(limit / 2) {}

  void append(const QByteArray& bytes);
  [[nodiscard]] bool isCut() const { return total_ > half_ * 2; }
  /// With a notice where something was left out. Bytes that are no UTF-8 become U+FFFD.
  [[nodiscard]] QString text() const;

 private:
  qsizetype half_;
  qint64 total_ = 0;
  QByteArray head_;
  QByteArray tail_;
};

/// Without the bytes at its end (at its beginning) that are only a part of a UTF-8 character.
[[nodiscard]] QByteArray withoutCutEnd(const QByteArray& text);
[[nodiscard]] QByteArray withoutCutBeginning(const QByteArray& text);

}  // namespace terrarium
