// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace terrarium {

/// A few MiB on the database's disk that are given up when it is full, so that pausing and deleting, which make room, can still be
/// written down. Owned by SqliteDatabase; used in its thread.
class SpaceReserve {
 public:
  explicit SpaceReserve(QString file) : file_(std::move(file)) {}

  /// Takes the space again when it was given up and there is plenty.
  void refill();
  /// True when the disk is full and there is room now that was not there before.
  [[nodiscard]] bool giveUp();

 private:
  QString file_;
  bool held_ = false;
};

}  // namespace terrarium
