// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "backend/support/result.h"

namespace terrarium {

/// Makes the engine the only one of its home. Held as long as the process lives, whatever ends it (flock, so that nothing stale
/// stays).
class InstanceLock {
 public:
  InstanceLock() = default;
  InstanceLock(const InstanceLock&) = delete;
  InstanceLock& operator=(const InstanceLock&) = delete;
  ~InstanceLock();

  /// Conflict when another process holds it.
  [[nodiscard]] Result<void> acquire(const QString& file);

 private:
  int descriptor_ = -1;
};

}  // namespace terrarium
