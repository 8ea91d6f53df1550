// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace terrarium::egress {

enum class Outcome {
  Allow,
  Deny,
  NeedsName,  ///< the address alone does not decide: look at what the connection says about its host
};

/// What the rules say about a destination.
struct Judgement {
  Outcome outcome = Outcome::Deny;
  std::string rule;    ///< the rule that matched, in the user's words, or one of the names below
  std::string reason;  ///< of a denial, for a person: "10.0.0.5 is private"
  std::string host{};  ///< the name by which an address was allowed
};

inline constexpr const char* kAlwaysBlocked = "always-blocked";
inline constexpr const char* kImplicitDeny = "implicit-deny";  ///< allow_out has rules and none of them matched
inline constexpr const char* kDefaultAllow = "default-allow";
inline constexpr const char* kGatewayLimit = "limit";
inline constexpr const char* kProtocol = "protocol";  ///< what no rule can allow: QUIC, DNS past our own, requests without a sense

}  // namespace terrarium::egress
