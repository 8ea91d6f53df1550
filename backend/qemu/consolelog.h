// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QObject>
#include <QString>
#include <memory>

#include "backend/qemu/unixstream.h"

namespace terrarium {

/// Keeps what a guest prints on its serial console, bounded: at most two files of kHalf bytes, the older one with ".1" at its end.
/// Owned by the machine. QEMU does not write the file itself, since a guest could fill the disk with it then.
class ConsoleLog : public QObject {
  Q_OBJECT
 public:
  static constexpr qint64 kHalf = 256 * 1024;

  explicit ConsoleLog(QString path);

  /// Follows this console from now on.
  void follow(std::unique_ptr<UnixStream> console);
  void append(const QByteArray& bytes);
  void drain();
  [[nodiscard]] const QString& path() const { return path_; }
  /// The last printed lines, without control characters, for a message.
  [[nodiscard]] QString lastLines(int count) const;

 private:
  QString path_;
  QFile file_;
  std::unique_ptr<UnixStream> console_;
};

/// The last lines of a text file, without control characters; empty when there is none.
[[nodiscard]] QString lastLinesOf(const QString& path, int count);

}  // namespace terrarium
