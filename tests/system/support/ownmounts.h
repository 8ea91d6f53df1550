// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace terrarium {

/// What is mounted where, for this test program and the programs that it starts alone. Works for root and, in a user namespace that
/// maps just the user, for everybody. To be entered before there is a second thread.
class OwnMounts {
 public:
  /// Ends the program with a sentence when this computer does not allow it: a test that needs it must not pass without.
  static void enterOrDie();
  /// In a mount namespace that was entered already: what is mounted from now on is seen by nobody else.
  static void keepToThisProgram();

  /// An empty file system of its own at `directory`, which is made.
  static void mountMemory(const QString& directory);
  /// Leaves `bytes` of it free, rounded up to whole pages; a file system of mountMemory() only.
  static void leaveFree(const QString& directory, qint64 bytes);
  /// Takes away what is mounted there.
  static void leave(const QString& directory);
  /// Covers `target` with `file`; nothing when there is no `target`.
  static void cover(const QString& target, const QString& file);
};

}  // namespace terrarium
