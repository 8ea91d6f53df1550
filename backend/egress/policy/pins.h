// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "backend/egress/policy/ipaddress.h"

namespace terrarium::egress {

/// An address that this sandbox was given, with the names it was given for: what is saved with a snapshot.
struct Pin {
  IpAddress address;
  std::vector<std::string> names;

  bool operator==(const Pin&) const = default;
};

/// Which addresses this sandbox was given for which names, so that protocols that do not say their host can be judged by name.
/// Forgets what was not used for an hour, and what was used least recently when there are too many.
class Pins {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMaxAddresses = 4096;
  static constexpr std::size_t kMaxNames = 16;  ///< of one address
  static constexpr auto kKeep = std::chrono::hours(1);

  void add(const IpAddress& address, const std::string& name, Time now);
  /// The names of an address; asking counts as use.
  [[nodiscard]] std::vector<std::string> namesOf(const IpAddress& address, Time now);

  /// An address that stands for a name which has none that a guest could use, from a range that leads nowhere else.
  [[nodiscard]] IpAddress aliasOf(const std::string& name, Time now);
  [[nodiscard]] static bool mayBeAlias(const IpAddress& address);

  [[nodiscard]] std::vector<Pin> saved() const;
  void restore(const std::vector<Pin>& pins, Time now);

 private:
  struct Entry {
    std::set<std::string> names;
    Time lastUse;
  };
  void makeRoom(Time now);
  std::map<IpAddress, Entry> entries_;
  std::uint32_t lastAlias_ = 0;
};

}  // namespace terrarium::egress
