// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/policy.h"

#include <algorithm>
#include <string>

namespace terrarium::egress {

namespace {

std::string textOf(const Ipv4Range& range) {
  const auto text = ipv4Text(range.network());
  return range.prefixLength() == 32 ? text : text + "/" + std::to_string(range.prefixLength());
}

const Ipv4Range* matching(const std::vector<Ipv4Range>& ranges, std::uint32_t address) {
  const auto found = std::find_if(ranges.begin(), ranges.end(), [&](const auto& range) { return range.contains(address); });
  return found == ranges.end() ? nullptr : &*found;
}

bool coverEverything(std::vector<Ipv4Range> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t covered = 0;
  for (const auto& range : ranges) {
    if (range.network() > covered) return false;
    covered = std::max(covered, range.network() + (std::uint64_t{1} << (32 - range.prefixLength())));
  }
  return covered == std::uint64_t{1} << 32;
}

Judgement allowed(std::string rule) { return {Outcome::Allow, std::move(rule), {}}; }

}  // namespace

Policy::Policy(std::uint64_t version, const EgressRules& rules) : version_(version) {
  for (const auto& rule : rules.allowOut()) {
    if (const auto range = Ipv4Range::parse(rule)) {
      allowedRanges_.push_back(*range);
    } else if (const auto name = DomainPattern::parse(rule)) {
      allowedNames_.push_back(*name);
    }
  }
  for (const auto& rule : rules.denyOut()) {
    if (const auto range = Ipv4Range::parse(rule)) deniedRanges_.push_back(*range);
  }
  allowsEveryAddress_ = coverEverything(allowedRanges_);
  deniesEveryAddress_ = coverEverything(deniedRanges_);
}

Judgement Policy::address(std::uint32_t address) const {
  if (const auto* range = matching(allowedRanges_, address)) return allowed(textOf(*range));
  if (!allowedNames_.empty()) return {Outcome::NeedsName, kImplicitDeny, "no rule allows " + ipv4Text(address)};
  if (const auto* range = matching(deniedRanges_, address)) {
    return {Outcome::Deny, textOf(*range), "deny_out has " + textOf(*range)};
  }
  if (!allowedRanges_.empty()) return {Outcome::Deny, kImplicitDeny, "no rule allows " + ipv4Text(address)};
  return allowed(kDefaultAllow);
}

Judgement Policy::name(std::string_view name) const {
  for (const auto& pattern : allowedNames_) {
    if (pattern.matches(name)) return {Outcome::Allow, pattern.text(), {}, std::string(name)};
  }
  return {Outcome::Deny, kImplicitDeny, "no rule allows " + std::string(name), std::string(name)};
}

Judgement Policy::lookup(std::string_view name) const {
  auto judged = this->name(name);
  if (judged.outcome == Outcome::Allow) return judged;
  if (allowsEveryAddress_) return {Outcome::Allow, "0.0.0.0/0", {}, std::string(name)};
  const bool openByDefault = allowedNames_.empty() && allowedRanges_.empty() && !deniesEveryAddress_;
  if (openByDefault) return {Outcome::Allow, kDefaultAllow, {}, std::string(name)};
  return judged;
}

}  // namespace terrarium::egress
