// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "backend/support/result.h"

namespace terrarium {

/// What may leave a sandbox: `allow_out` holds IPv4 addresses, IPv4 CIDRs and domains (`api.test`, `*.api.test`), `deny_out` only
/// addresses and CIDRs. Private ranges stay blocked whatever stands here. Entries are kept in the given order, domains in lower
/// case; a CIDR with host bits set is refused with the network address that was probably meant.
class EgressRules {
 public:
  static constexpr std::size_t kMaxRules = 256;  ///< in each of the two lists

  /// Errors name the field "network.allow_out[i]" or "network.deny_out[i]".
  [[nodiscard]] static Result<EgressRules> parse(const std::vector<std::string>& allowOut, const std::vector<std::string>& denyOut);
  /// Every problem, one per entry where it is about one, for a form that shows each beside its field. Empty exactly when parse()
  /// succeeds.
  [[nodiscard]] static std::vector<Error> problems(const std::vector<std::string>& allowOut,
                                                   const std::vector<std::string>& denyOut);
  /// Open internet minus private ranges.
  [[nodiscard]] static EgressRules open() { return EgressRules({}, {}); }

  [[nodiscard]] const std::vector<std::string>& allowOut() const { return allowOut_; }
  [[nodiscard]] const std::vector<std::string>& denyOut() const { return denyOut_; }
  [[nodiscard]] bool isDefault() const { return allowOut_.empty() && denyOut_.empty(); }
  bool operator==(const EgressRules&) const = default;

 private:
  EgressRules(std::vector<std::string> allowOut, std::vector<std::string> denyOut)
      : allowOut_(std::move(allowOut)), denyOut_(std::move(denyOut)) {}
  std::vector<std::string> allowOut_;
  std::vector<std::string> denyOut_;
};

}  // namespace terrarium
