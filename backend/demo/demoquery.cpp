// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/demo/demoquery.h"

#include <QString>
#include <algorithm>

namespace terrarium {

namespace {

constexpr int kMaxLimit = 200;

bool matches(const SandboxInfo& info, const SandboxQuery& query) {
  if (query.status && wireStatus(info.state) != *query.status) return false;
  if (!info.metadata.matches(query.metadata)) return false;
  return QString::fromStdString(info.name.value()).contains(QString::fromStdString(query.nameContains), Qt::CaseInsensitive);
}

bool isBefore(const SandboxInfo& a, const SandboxInfo& b, SandboxSort sort) {
  switch (sort) {
    case SandboxSort::CreatedAt:
      return a.createdAt < b.createdAt;
    case SandboxSort::Name:
      return a.name < b.name;
    case SandboxSort::Status:
      return wireStatus(a.state) < wireStatus(b.state);
  }
  return false;
}

}  // namespace

Result<SandboxPage> pageOf(std::vector<SandboxInfo> all, const SandboxQuery& query) {
  if (query.status && *query.status != "active" && *query.status != "paused" && *query.status != "resuming" &&
      *query.status != "failed") {
    return failure(badRequest("status", "status is \"" + *query.status + "\": active, paused, resuming and failed are accepted."));
  }
  all.erase(std::remove_if(all.begin(), all.end(), [&](const SandboxInfo& info) { return !matches(info, query); }), all.end());
  std::stable_sort(all.begin(), all.end(), [&](const SandboxInfo& a, const SandboxInfo& b) { return isBefore(a, b, query.sort); });
  if (!query.ascending) std::reverse(all.begin(), all.end());
  SandboxPage page;
  page.total = all.size();
  const auto begin = std::min(static_cast<std::size_t>(std::max(query.offset, 0)), all.size());
  const auto wanted = query.limit ? static_cast<std::size_t>(std::clamp(*query.limit, 1, kMaxLimit)) : all.size();
  const auto end = begin + std::min(wanted, all.size() - begin);
  page.items.assign(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end));
  return page;
}

}  // namespace terrarium
