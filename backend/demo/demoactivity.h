// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <vector>

#include "backend/api/activity.h"
#include "backend/api/exec.h"
#include "backend/support/clock.h"

namespace terrarium {

/// The activity log of the demonstration engine, in memory.
class DemoActivity final : public QObject, public Activity {
  Q_OBJECT
 public:
  DemoActivity(const Clock& clock, Events& events);

  Pending<ActivityPage> list(const ActivityQuery& query) override;
  void record(ActivityEntry entry);
  /// Notes how the command ends.
  void follow(ExecSession& session, const SandboxInfo& info, const std::string& command);

 private:
  const Clock& clock_;
  std::vector<ActivityEntry> entries_;
};

}  // namespace terrarium
