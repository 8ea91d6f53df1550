// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/activity.h"

#include <QString>

namespace terrarium {

namespace {
constexpr qsizetype kMostCommand = 256;

bool contains(std::string_view text, const QString& part) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).contains(part, Qt::CaseInsensitive);
}

bool matches(const ActivityEntry& entry, const ActivityQuery& query) {
  if (!query.category.empty() && categoryName(entry.action) != query.category) return false;
  if (!query.status.empty() && entry.status() != query.status) return false;
  if (!query.sandboxId.empty() && entry.sandboxId != query.sandboxId) return false;
  if (query.from && entry.createdAt < *query.from) return false;
  if (query.until && entry.createdAt >= *query.until) return false;
  const auto part = QString::fromStdString(query.contains);
  return part.isEmpty() || contains(entry.sandboxName, part) || contains(entry.secretName, part) ||
         contains(actionName(entry.action), part) || contains(entry.error, part);
}

ActivityAction actionOf(const OperationProgress& progress) {
  switch (progress.kind) {
    case OperationKind::Create:
      return ActivityAction::SandboxStarted;
    case OperationKind::Pause:
      return ActivityAction::SandboxPaused;
    case OperationKind::Resume:
      return ActivityAction::SandboxResumed;
    case OperationKind::Delete:
      return ActivityAction::SandboxDeleted;
    case OperationKind::Snapshot:
      return ActivityAction::SnapshotTaken;
    case OperationKind::Fork:
      return ActivityAction::SandboxForked;
    case OperationKind::BuildTemplate:
      break;
  }
  const bool cancelled = progress.error && progress.error->code == ErrorCode::Cancelled;
  return cancelled ? ActivityAction::BuildCancelled : ActivityAction::BuildStarted;
}
}  // namespace

ActivityPage select(const std::vector<ActivityEntry>& entries, const ActivityQuery& query) {
  ActivityPage page;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (!matches(*entry, query)) continue;
    ++page.total;
    const auto place = static_cast<int>(page.total) - 1 - query.offset;
    if (place >= 0 && place < query.limit) page.items.push_back(*entry);
  }
  return page;
}

std::optional<ActivityEntry> activityOf(const OperationProgress& progress) {
  if (!progress.finished) return std::nullopt;
  const bool isBuild = progress.kind == OperationKind::BuildTemplate;
  ActivityEntry entry;
  entry.action = actionOf(progress);
  (isBuild ? entry.templateId : entry.sandboxId) = progress.subjectId;
  if (isBuild)
    entry.metadata.emplace("template_name", progress.subjectName);
  else
    entry.sandboxName = progress.subjectName;
  entry.duration = std::chrono::milliseconds(progress.elapsedMs);
  if (progress.error && entry.action != ActivityAction::BuildCancelled) entry.error = progress.error->message;
  return entry;
}

std::vector<ActivityEntry> activityOf(const SandboxInfo& info, const SandboxPatch& patch) {
  std::vector<ActivityEntry> entries;
  const auto add = [&](ActivityAction action) {
    ActivityEntry entry;
    entry.action = action;
    entry.sandboxId = info.id.value();
    entry.sandboxName = info.name.value();
    entries.push_back(std::move(entry));
  };
  if (patch.metadata()) add(ActivityAction::MetadataUpdated);
  if (patch.egress()) add(ActivityAction::NetworkUpdated);
  if (patch.timeout()) add(ActivityAction::TimeoutUpdated);
  if (patch.autoDelete()) add(ActivityAction::AutoDeleteUpdated);
  return entries;
}

ActivityEntry commandActivity(const SandboxInfo& info, const std::string& command) {
  ActivityEntry entry;
  entry.action = ActivityAction::CommandExecuted;
  entry.sandboxId = info.id.value();
  entry.sandboxName = info.name.value();
  auto text = QString::fromStdString(command);
  if (text.size() > kMostCommand) text = text.left(kMostCommand - 1) + QChar(0x2026);
  entry.metadata.emplace("command", text.toStdString());
  return entry;
}

}  // namespace terrarium
