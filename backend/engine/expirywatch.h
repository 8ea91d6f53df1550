// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

#include "backend/engine/lifecycle.h"
#include "backend/support/clock.h"

namespace terrarium {

/// When a sandbox has to go: its hard lifetime, or being paused for too long; nothing when neither applies. One that is paused only
/// because the engine stopped is not counted as paused.
[[nodiscard]] std::optional<WallTime> endOf(const SandboxRecord& record);

/// Watches the next deadline with one timer. Says whose has passed, again at each look until the sandbox is gone; deletes nothing
/// itself. Engine thread.
class ExpiryWatch : public QObject {
  Q_OBJECT
 public:
  /// Looks at least every `recheck`, because clocks jump and hosts sleep.
  ExpiryWatch(const Lifecycle& lifecycle, const Clock& clock, std::chrono::milliseconds recheck);

  void start();
  void stop();
  void look();

 signals:
  void deadlinePassed(const terrarium::SandboxId& id);

 private:
  const Lifecycle& lifecycle_;
  const Clock& clock_;
  std::chrono::milliseconds recheck_;
  QTimer timer_;
  bool watching_ = false;
};

}  // namespace terrarium
