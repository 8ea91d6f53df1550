// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/engine/sandboxselection.h"

#include <QString>
#include <algorithm>

#include "backend/engine/lifecycle.h"

namespace terrarium {

namespace {

bool matches(const SandboxInfo& info, const SandboxQuery& query) {
  if (!info.metadata.matches(query.metadata)) return false;
  if (query.status && wireStatus(info.state) != *query.status) return false;
  return query.nameContains.empty() ||
         QString::fromStdString(info.name.value()).contains(QString::fromStdString(query.nameContains), Qt::CaseInsensitive);
}

bool isBefore(const SandboxInfo& a, const SandboxInfo& b, SandboxSort sort) {
  switch (sort) {
    case SandboxSort::CreatedAt:
      if (a.createdAt != b.createdAt) return a.createdAt < b.createdAt;
      break;
    case SandboxSort::Name: {
      const auto order =
          QString::fromStdString(a.name.value()).compare(QString::fromStdString(b.name.value()), Qt::CaseInsensitive);
      if (order != 0) return order < 0;
      break;
    }
    case SandboxSort::Status:
      if (wireStatus(a.state) != wireStatus(b.state)) return wireStatus(a.state) < wireStatus(b.state);
      break;
  }
  return a.id < b.id;
}

}  // namespace

Result<void> checkQuery(const SandboxQuery& query) {
  const auto isIt = [&](SandboxState state) { return wireStatus(state) == *query.status; };
  if (!query.status || std::any_of(std::begin(kAllSandboxStates), std::end(kAllSandboxStates), isIt)) return {};
  return failure(badRequest("status", "status is \"" + *query.status + "\": active, paused, resuming and failed are accepted."));
}

SandboxPage select(std::vector<const SandboxInfo*> infos, const SandboxQuery& query) {
  auto chosen = std::move(infos);
  std::erase_if(chosen, [&](const auto* info) { return !matches(*info, query); });
  std::sort(chosen.begin(), chosen.end(), [&](const auto* a, const auto* b) {
    return query.ascending ? isBefore(*a, *b, query.sort) : isBefore(*b, *a, query.sort);
  });
  SandboxPage page;
  page.total = chosen.size();
  const auto first = std::min<std::size_t>(static_cast<std::size_t>(std::max(query.offset, 0)), chosen.size());
  auto count = chosen.size() - first;
  if (query.limit) count = std::min<std::size_t>(count, static_cast<std::size_t>(std::clamp(*query.limit, 1, 200)));
  page.items.reserve(count);
  for (std::size_t i = first; i < first + count; ++i) page.items.push_back(*chosen[i]);
  return page;
}

Result<void> applyPatch(SandboxRecord& record, const SandboxPatch& patch, WallTime now) {
  auto& info = record.info;
  if (!isAllowed(SandboxAction::UpdateMetadata, info.state)) return failure(noSuchSandbox());
  if (patch.egress() && !isAllowed(SandboxAction::UpdateNetwork, info.state)) {
    return failure(ErrorCode::Conflict, "Sandbox must be active to update network config");
  }
  if (patch.timeout() && *patch.timeout() && info.createdAt + (*patch.timeout())->value() <= now) {
    return failure(badRequest("timeout_seconds",
                              "The lifetime is counted from creation and would destroy it now; delete it instead, "
                              "or give a larger value."));
  }
  if (patch.metadata()) info.metadata = *patch.metadata();
  if (patch.egress()) info.egress = *patch.egress();
  if (patch.previewAccess()) info.previews.setAccess(*patch.previewAccess());
  if (patch.timeout()) info.timeout = *patch.timeout();
  if (patch.autoDelete()) {
    info.autoDelete = *patch.autoDelete();
    // The countdown begins anew, not retroactively.
    if (info.pausedAt) info.pausedAt = std::chrono::floor<std::chrono::microseconds>(now);
  }
  return {};
}

}  // namespace terrarium
