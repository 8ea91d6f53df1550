// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <utility>

namespace terrarium {

/// Cuts a byte stream at the borders of UTF-8 characters, so that each piece can be decoded by itself. Bytes that are no UTF-8
/// become U+FFFD when a piece is decoded; at most three bytes are held back.
class Utf8Cutter {
 public:
  /// The text that is complete now.
  [[nodiscard]] QByteArray feed(const QByteArray& bytes);
  /// What is left at the end.
  [[nodiscard]] QByteArray rest() { return std::exchange(held_, {}); }

 private:
  QByteArray held_;
};

}  // namespace terrarium
