// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/activitylog.h"

#include <QDebug>
#include <memory>
#include <utility>

namespace terrarium {

namespace {
constexpr int kKeep = 10'000;
constexpr std::size_t kBatch = 100;
constexpr std::chrono::milliseconds kSoon{250};
}  // namespace

ActivityLog::ActivityLog(ActivityStore& store, const Clock& clock, Events& events) : store_(store), clock_(clock) {
  soon_.setSingleShot(true);
  soon_.setInterval(kSoon);
  connect(&soon_, &QTimer::timeout, this, &ActivityLog::flush);
  connect(&events, &Events::operationProgressed, this, [this](const OperationProgress& progress) {
    if (auto entry = activityOf(progress)) record(std::move(*entry));
  });
}

ActivityLog::~ActivityLog() { flush(); }

Pending<ActivityPage> ActivityLog::list(const ActivityQuery& query) {
  flush();
  return store_.find(query);
}

void ActivityLog::record(ActivityEntry entry) {
  entry.id = randomUuid();
  entry.createdAt = std::chrono::floor<std::chrono::milliseconds>(clock_.now());
  unwritten_.push_back(std::move(entry));
  if (unwritten_.size() >= kBatch) return flush();
  if (!soon_.isActive()) soon_.start();
}

void ActivityLog::recordUpdate(const SandboxInfo& info, const SandboxPatch& patch) {
  for (auto& entry : activityOf(info, patch)) record(std::move(entry));
}

void ActivityLog::follow(ExecSession& session, const SandboxInfo& info, const ExecRequest& request) {
  const auto over = std::make_shared<bool>(false);
  const auto end = [this, over, entry = commandActivity(info, request.command)](const std::string& error,
                                                                                const ExecResult* result) {
    if (std::exchange(*over, true)) return;
    auto done = entry;
    done.error = error;
    if (result) {
      done.duration = result->duration;
      done.metadata.emplace("exit_code", std::to_string(result->exitCode));
    }
    record(std::move(done));
  };
  connect(&session, &ExecSession::finished, this, [end](const ExecResult& result) { end({}, &result); });
  connect(&session, &ExecSession::failed, this, [end](const Error& error) { end(error.message, nullptr); });
  connect(&session, &QObject::destroyed, this, [end] { end("Whoever asked for it went away, so it was ended.", nullptr); });
}

void ActivityLog::flush() {
  soon_.stop();
  if (unwritten_.empty()) return;
  whenDone(store_.append(std::exchange(unwritten_, {}), kKeep), this, [](const Result<void>& written) {
    if (!written) qWarning("Some entries of the activity log were lost: %s", written.error().message.c_str());
  });
}

}  // namespace terrarium
