// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <optional>

namespace terrarium {

/// Cuts a byte stream into lines. A line that is longer than allowed is dropped up to its end and reported once.
class LineSplitter {
 public:
  explicit LineSplitter(qsizetype longest) : longest_(longest) {}

  void feed(const QByteArray& bytes) { held_ += bytes; }

  struct Line {
    QByteArray text;  ///< without its end
    bool isTooLong = false;
  };
  /// The next whole line; empty when more bytes are needed. Call it until then after each feed().
  [[nodiscard]] std::optional<Line> next();

 private:
  qsizetype longest_;
  QByteArray held_;
  qsizetype searched_ = 0;  ///< so that a long line is not searched anew with every piece
  bool skipping_ = false;
};

}  // namespace terrarium
