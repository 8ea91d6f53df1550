// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

namespace terrarium {

/// Cuts a byte stream into lines, however it was split on the way. Refuses lines longer than the limit, so that a hostile sender
/// cannot fill the memory.
class LineBuffer {
 public:
  explicit LineBuffer(qsizetype longest) : longest_(longest) {}

  /// False when a line is too long; the stream cannot be followed any more then.
  [[nodiscard]] bool append(const QByteArray& bytes);
  /// Complete lines without their ends, oldest first; empty lines are left out.
  [[nodiscard]] QList<QByteArray> takeLines();

 private:
  qsizetype longest_;
  QByteArray pending_;
  QList<QByteArray> lines_;
};

}  // namespace terrarium
