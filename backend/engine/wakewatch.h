// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include "backend/engine/lifecycle.h"
#include "backend/engine/runningmachines.h"
#include "backend/support/clock.h"

namespace terrarium {

/// Notices that the host slept and sets the clock of every running guest again: guests do not see the host's sleep. Engine thread.
class WakeWatch : public QObject {
  Q_OBJECT
 public:
  WakeWatch(const Lifecycle& lifecycle, const RunningMachines& machines, const Clock& clock);

  void look();

 private:
  const Lifecycle& lifecycle_;
  const RunningMachines& machines_;
  const Clock& clock_;
  std::chrono::nanoseconds slept_;
  QTimer timer_;
};

}  // namespace terrarium
