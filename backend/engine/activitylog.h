// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>
#include <vector>

#include "backend/api/activity.h"
#include "backend/api/exec.h"
#include "backend/engine/ports/activitystore.h"
#include "backend/support/clock.h"

namespace terrarium {

/// The Activity facade: notes what operations, updates and commands did and writes it in batches, so that no command waits for
/// it. Engine thread.
class ActivityLog : public QObject, public Activity {
  Q_OBJECT
 public:
  ActivityLog(ActivityStore& store, const Clock& clock, Events& events);
  ~ActivityLog() override;

  Pending<ActivityPage> list(const ActivityQuery& query) override;

  /// Gives it identity and time.
  void record(ActivityEntry entry);
  void recordUpdate(const SandboxInfo& info, const SandboxPatch& patch);
  /// Notes how the command ends, also when whoever asked for it goes away.
  void follow(ExecSession& session, const SandboxInfo& info, const ExecRequest& request);

 private:
  void flush();

  ActivityStore& store_;
  const Clock& clock_;
  std::vector<ActivityEntry> unwritten_;
  QTimer soon_;
};

}  // namespace terrarium
