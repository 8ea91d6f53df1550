// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/pins.h"

#include <algorithm>

namespace terrarium::egress {

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
