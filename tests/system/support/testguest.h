// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// The smallest real guest: Debian's cloud kernel and an initramfs whose init obeys shell lines on the agent port and answers on
/// it. Made once per build directory.
class TestGuest {
 public:
  /// Downloads the kernel package when it is not there yet. Blocks; for tests.
  [[nodiscard]] static Result<TestGuest> prepare();

  [[nodiscard]] QString kernel() const { return directory_ + QStringLiteral("/vmlinuz"); }
  [[nodiscard]] QString initramfs() const { return directory_ + QStringLiteral("/initramfs.gz"); }

 private:
  explicit TestGuest(QString directory) : directory_(std::move(directory)) {}
  QString directory_;
};

}  // namespace terrarium
