// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "backend/egress/policy/ipaddress.h"

namespace terrarium::egress {

/// Addresses that no rule opens: private, local and special ranges, every address of this computer, and the IPv6 forms that stand
/// for one of them. The documentation ranges are open.
class BlockedRanges {
 public:
  /// Replaces those given before.
  void setHostAddresses(const std::vector<IpAddress>& addresses);

  /// How a sentence about the address goes on ("is private"), or nothing when it may be reached.
  [[nodiscard]] std::optional<std::string> reason(const IpAddress& address) const;

 private:
  [[nodiscard]] std::optional<std::string> embedded(const IpAddress& address) const;
  std::set<IpAddress> host_;
};

}  // namespace terrarium::egress
