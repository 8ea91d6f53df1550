// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoactivity.h"

namespace terrarium {

DemoActivity::DemoActivity(const Clock& clock, Events& events) : clock_(clock) {
  connect(&events, &Events::operationProgressed, this, [this](const OperationProgress& progress) {
    if (auto entry = activityOf(progress)) record(std::move(*entry));
  });
}

Pending<ActivityPage> DemoActivity::list(const ActivityQuery& query) { return settled<ActivityPage>(select(entries_, query)); }

void DemoActivity::record(ActivityEntry entry) {
  entry.id = randomUuid();
  entry.createdAt = clock_.now();
  entries_.push_back(std::move(entry));
}

void DemoActivity::follow(ExecSession& session, const SandboxInfo& info, const std::string& command) {
  const auto entry = commandActivity(info, command);
  connect(&session, &ExecSession::finished, this, [this, entry](const ExecResult& result) {
    auto done = entry;
    done.duration = result.duration;
    done.metadata.emplace("exit_code", std::to_string(result.exitCode));
    record(std::move(done));
  });
  connect(&session, &ExecSession::failed, this, [this, entry](const Error& error) {
    auto done = entry;
    done.error = error.message;
    record(std::move(done));
  });
}

}  // namespace terrarium
