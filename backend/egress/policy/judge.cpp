// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/policy/judge.h"

namespace terrarium::egress {

namespace {

constexpr std::uint16_t kQuicPort = 443;
constexpr std::uint16_t kDnsOverTlsPort = 853;

Judgement noRulesYet() { return {Outcome::Deny, kImplicitDeny, "the rules of this sandbox are not loaded yet"}; }

Judgement alwaysBlocked(const IpAddress& address, const std::string& why) {
  return {Outcome::Deny, kAlwaysBlocked, address.text() + " " + why};
}

Judgement passesOurDns() {
  return {Outcome::Deny, kProtocol, "DNS over TLS or QUIC would pass by the sandbox's own name service: use port 53"};
}

}  // namespace

void Judge::setHostAddresses(const std::vector<IpAddress>& addresses) {
  blocked_.setHostAddresses(addresses);
  knowsHost_ = true;
}

Judgement Judge::tcp(const IpAddress& address, std::uint16_t port, Pins::Time now) {
  const auto why = blocked_.reason(address);
  const bool isAlias = why && Pins::mayBeAlias(address) && !pins_.namesOf(address, now).empty();
  if (why && !isAlias) return alwaysBlocked(address, *why);
  if (!isReady()) return noRulesYet();
  if (port == kDnsOverTlsPort) return passesOurDns();
  auto judged = policy_->address(address.v4());
  if (isAlias && (judged.outcome != Outcome::NeedsName || !saysItsHost(port))) return alias(address, now);
  if (judged.outcome != Outcome::NeedsName || saysItsHost(port)) return judged;
  return pinned(address, now, std::move(judged));
}

Judgement Judge::alias(const IpAddress& address, Pins::Time now) {
  Judgement judged;
  for (const auto& name : pins_.namesOf(address, now)) judged = lookup(name);
  return judged;
}

Judgement Judge::pinned(const IpAddress& address, Pins::Time now, Judgement otherwise) {
  for (const auto& name : pins_.namesOf(address, now)) {
    auto byName = policy_->name(name);
    if (byName.outcome == Outcome::Allow) return byName;
  }
  otherwise.outcome = Outcome::Deny;
  return otherwise;
}

Judgement Judge::udp(const IpAddress& address, std::uint16_t port) const {
  if (const auto why = blocked_.reason(address)) return alwaysBlocked(address, *why);
  if (!isReady()) return noRulesYet();
  if (port == kQuicPort) return {Outcome::Deny, kProtocol, "QUIC is always refused, so that programs use TCP"};
  if (port == kDnsOverTlsPort) return passesOurDns();
  auto judged = policy_->address(address.v4());
  if (judged.outcome == Outcome::NeedsName) {
    judged.outcome = Outcome::Deny;
    judged.reason += ", and UDP is judged by addresses only";
  }
  return judged;
}

Judgement Judge::name(const std::string& name) const { return isReady() ? policy_->name(name) : noRulesYet(); }

Judgement Judge::lookup(const std::string& name) const { return isReady() ? policy_->lookup(name) : noRulesYet(); }

Judgement Judge::target(const IpAddress& address, const std::string& name) const {
  if (const auto why = blocked_.reason(address)) {
    return {Outcome::Deny, kAlwaysBlocked, name + " leads to " + address.text() + ", which " + *why, name};
  }
  return {Outcome::Allow, {}, {}, name};
}

Judgement Judge::open(const IpAddress& address, std::uint16_t port, const std::string& name, Pins::Time now) {
  if (const auto why = blocked_.reason(address)) return alwaysBlocked(address, *why);
  if (!isReady()) return noRulesYet();
  if (!name.empty()) {
    auto byName = policy_->name(name);
    if (byName.outcome == Outcome::Allow) return byName;
    // Rules name IPv4 addresses only.
    if (!address.isV4()) return policy_->lookup(name);
  }
  auto judged = tcp(address, port, now);
  // What it says of its host has passed by already.
  return judged.outcome == Outcome::NeedsName ? pinned(address, now, std::move(judged)) : judged;
}

}  // namespace terrarium::egress
