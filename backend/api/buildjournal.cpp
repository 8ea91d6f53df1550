// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/api/buildjournal.h"

#include <algorithm>

namespace terrarium {

namespace {
constexpr std::size_t kMostBuilds = 50;
constexpr std::size_t kMostLines = 10'000;
}  // namespace

BuildJournal::BuildJournal(const Clock& clock, Events& events) : clock_(clock) {
  connect(&events, &Events::operationProgressed, this, &BuildJournal::note);
}

void BuildJournal::enter(const std::string& id, const std::string& templateId, const std::string& specHash) {
  if (entries_.size() >= kMostBuilds) entries_.pop_front();
  entries_.push_back({BuildInfo{id, templateId, BuildStatus::Pending, specHash, {}, clock_.now()}});
}

std::vector<BuildInfo> BuildJournal::of(const TemplateInfo& info, const std::string& specHash) const {
  std::vector<BuildInfo> builds;
  bool isLatestKnown = info.latestBuildId.empty();
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->info.templateId == info.id) builds.push_back(entry->info);
    isLatestKnown = isLatestKnown || entry->info.id == info.latestBuildId;
  }
  if (isLatestKnown) return builds;
  const bool failed = info.status == TemplateStatus::Failed;
  const auto at = info.builtAt.value_or(info.createdAt);
  builds.push_back({info.latestBuildId, info.id, failed ? BuildStatus::Failed : BuildStatus::Ready, specHash,
                    failed ? info.problem : std::string(), at, at, at});
  return builds;
}

Result<BuildLogPart> BuildJournal::log(const TemplateInfo& info, const std::string& specHash, const std::string& id,
                                       std::size_t from) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.info.id == id && entry.info.templateId == info.id; });
  if (found != entries_.end()) {
    const auto end = found->dropped + found->lines.size();
    const auto begin = std::clamp(from, found->dropped, end);
    const auto first = found->lines.begin() + static_cast<std::ptrdiff_t>(begin - found->dropped);
    return BuildLogPart{found->info, {first, found->lines.end()}, end};
  }
  for (const auto& build : of(info, specHash)) {
    if (build.id == id) return BuildLogPart{build, {}, 0};
  }
  return failure(ErrorCode::NotFound, "This template has no such build.");
}

void BuildJournal::note(const OperationProgress& progress) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.info.id == progress.operation; });
  if (found == entries_.end() || found->info.isOver()) return;
  auto& info = found->info;
  if (!info.startedAt) {
    info.startedAt = clock_.now();
    info.status = BuildStatus::Building;
  }
  if (!progress.stage.empty() && progress.stage != found->stage) {
    found->stage = progress.stage;
    append(*found, "system", progress.stage);
  }
  if (!progress.logLine.empty()) append(*found, "stdout", progress.logLine);
  if (!progress.finished) return;
  info.finalizedAt = clock_.now();
  info.status = !progress.error                                ? BuildStatus::Ready
                : progress.error->code == ErrorCode::Cancelled ? BuildStatus::Cancelled
                                                               : BuildStatus::Failed;
  if (info.status == BuildStatus::Failed) info.problem = progress.error->message;
}

void BuildJournal::append(Entry& entry, const char* stream, const std::string& text) {
  entry.lines.push_back({clock_.now(), stream, text});
  if (entry.lines.size() <= kMostLines) return;
  entry.lines.pop_front();
  ++entry.dropped;
}

}  // namespace terrarium
