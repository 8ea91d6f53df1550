// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "backend/domain/domainpattern.h"
#include "backend/domain/egressrules.h"
#include "backend/domain/ipv4range.h"
#include "backend/egress/policy/judgement.h"

namespace terrarium::egress {

/// The rules of one sandbox in the form in which they are asked: immutable, with the version that the engine gave them. Knows
/// nothing of what is always blocked; that is BlockedRanges'.
class Policy {
 public:
  Policy(std::uint64_t version, const EgressRules& rules);

  [[nodiscard]] std::uint64_t version() const { return version_; }
  /// By an IPv4 address in host byte order.
  [[nodiscard]] Judgement address(std::uint32_t address) const;
  /// By a canonical name: only a rule that names it allows it.
  [[nodiscard]] Judgement name(std::string_view name) const;
  /// Whether a resolver may be asked for a canonical name. Stricter than "could lead somewhere": a query carries data out.
  [[nodiscard]] Judgement lookup(std::string_view name) const;

 private:
  std::uint64_t version_;
  std::vector<Ipv4Range> allowedRanges_;
  std::vector<DomainPattern> allowedNames_;
  std::vector<Ipv4Range> deniedRanges_;
  bool allowsEveryAddress_ = false;
  bool deniesEveryAddress_ = false;
};

}  // namespace terrarium::egress
