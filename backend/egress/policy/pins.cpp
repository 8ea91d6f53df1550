// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/pins.h"

#include <algorithm>

namespace terrarium::egress {

namespace {

// 198.18.0.0/15, for tests of devices: no host of the internet has an address in it.
constexpr std::uint32_t kAliases = 0xc6120000;
constexpr std::uint32_t kAliasMask = 0xfffe0000;

}  // namespace

void Pins::add(const IpAddress& address, const std::string& name, Time now) {
  if (entries_.count(address) == 0) makeRoom(now);
  auto& entry = entries_[address];
  entry.lastUse = now;
  if (entry.names.size() < kMaxNames) entry.names.insert(name);
}

std::vector<std::string> Pins::namesOf(const IpAddress& address, Time now) {
  const auto found = entries_.find(address);
  if (found == entries_.end()) return {};
  if (now - found->second.lastUse > kKeep) {
    entries_.erase(found);
    return {};
  }
  found->second.lastUse = now;
  return {found->second.names.begin(), found->second.names.end()};
}

bool Pins::mayBeAlias(const IpAddress& address) { return address.isV4() && (address.v4() & kAliasMask) == kAliases; }

IpAddress Pins::aliasOf(const std::string& name, Time now) {
  const auto end = entries_.upper_bound(IpAddress::v4(kAliases | ~kAliasMask));
  for (auto each = entries_.lower_bound(IpAddress::v4(kAliases)); each != end; ++each) {
    if (!mayBeAlias(each->first) || each->second.names.count(name) == 0) continue;
    each->second.lastUse = now;
    return each->first;
  }
  auto alias = IpAddress::v4(kAliases);
  do {
    lastAlias_ = lastAlias_ % (~kAliasMask - 1) + 1;
    alias = IpAddress::v4(kAliases | lastAlias_);
  } while (entries_.count(alias) > 0);
  add(alias, name, now);
  return alias;
}

void Pins::makeRoom(Time now) {
  if (entries_.size() < kMaxAddresses) return;
  std::erase_if(entries_, [&](const auto& each) { return now - each.second.lastUse > kKeep; });
  if (entries_.size() < kMaxAddresses) return;
  entries_.erase(std::min_element(entries_.begin(), entries_.end(),
                                  [](const auto& a, const auto& b) { return a.second.lastUse < b.second.lastUse; }));
}

std::vector<Pin> Pins::saved() const {
  std::vector<Pin> pins;
  for (const auto& [address, entry] : entries_) pins.push_back({address, {entry.names.begin(), entry.names.end()}});
  return pins;
}

void Pins::restore(const std::vector<Pin>& pins, Time now) {
  for (const auto& pin : pins) {
    for (const auto& name : pin.names) add(pin.address, name, now);
  }
}

}  // namespace terrarium::egress
