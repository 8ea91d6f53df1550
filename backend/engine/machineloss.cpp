// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/machineloss.h"

#include <QDateTime>

namespace terrarium {

namespace {

std::string spoken(WallTime time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  return QDateTime::fromSecsSinceEpoch(seconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")).toStdString();
}

}  // namespace

MachineLoss lossOf(const SandboxRecord& record, const std::string& reason, WallTime now) {
  if (record.info.snapshotId.empty()) {
    const auto problem = reason + " It had never been paused, so nothing of it is left. Delete the sandbox and create it anew.";
    return {SandboxEvent::MachineLost, [problem](SandboxRecord& changed) {
              changed.info.problem = problem;
              changed.pendingSnapshotId.clear();
            }};
  }
  const auto since = record.info.snapshotAt ? " of " + spoken(*record.info.snapshotAt) : std::string();
  const auto problem = "The machine was lost at " + spoken(now) + ": " + reason + " The sandbox is back at its snapshot" + since +
                       "; what happened since is lost. Resume it to go on from there.";
  return {SandboxEvent::SetBack, [problem, now](SandboxRecord& changed) {
            changed.info.problem = problem;
            changed.info.pausedAt = std::chrono::floor<std::chrono::microseconds>(now);
            changed.pendingSnapshotId.clear();
            changed.resumeAtStart = false;
            changed.machine.reset();
          }};
}

}  // namespace terrarium
