// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/nameresolver.h"

#include <algorithm>

namespace terrarium::egress {

namespace {
constexpr std::size_t kMaxWaiting = 256;  // for one name
}

void NameResolver::resolve(const std::string& name, Time now, Done done) {
  if (const auto kept = kept_.find(name); kept != kept_.end()) {
    if (now < kept->second.until) return done(Resolution(kept->second.resolution));
    kept_.erase(kept);
  }
  const auto same = std::find_if(asked_.begin(), asked_.end(), [&](const auto& each) { return each.second.name == name; });
  if (same != asked_.end() && same->second.waiting.size() < kMaxWaiting) return same->second.waiting.push_back(std::move(done));
  if (same != asked_.end() || asked_.size() >= kMaxResolving) return done({});
  const auto id = ++lastId_;
  auto& question = asked_[id];
  question.name = name;
  question.asked = now;
  question.waiting.push_back(std::move(done));
  ask_({id, name});
}

void NameResolver::answered(const NameResolved& answer, Time now) {
  const auto found = asked_.find(answer.id);
  if (found == asked_.end()) return;
  const auto question = std::move(found->second);
  asked_.erase(found);
  const Resolution resolution{answer.outcome, answer.addresses};
  keep(question.name, resolution, now);
  for (const auto& done : question.waiting) done(resolution);
}

void NameResolver::keep(const std::string& name, const Resolution& resolution, Time now) {
  if (resolution.outcome == ResolveOutcome::Failed) return;
  if (kept_.size() >= kMaxKept) std::erase_if(kept_, [&](const auto& each) { return each.second.until <= now; });
  if (kept_.size() >= kMaxKept) kept_.clear();
  kept_[name] = {resolution, now + (resolution.outcome == ResolveOutcome::Found ? kKeep : kKeepAbsence)};
}

void NameResolver::tick(Time now) {
  std::vector<std::uint64_t> late;
  for (const auto& [id, question] : asked_) {
    if (now - question.asked >= kPatience) late.push_back(id);
  }
  for (const auto id : late) answered({id, ResolveOutcome::Failed, {}}, now);
}

}  // namespace terrarium::egress
