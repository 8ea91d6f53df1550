// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "backend/egress/policy/blockedranges.h"
#include "backend/egress/policy/pins.h"
#include "backend/egress/policy/policy.h"

namespace terrarium::egress {

/// Decides in the product's order: always blocked, allow_out, deny_out, implicit deny, allow. Holds what decisions depend on: the
/// policy in force, blocked addresses and pins. Belongs to the gateway; no I/O. Nothing is allowed before both
/// the policy and this computer's addresses are known.
class Judge {
 public:
  void setPolicy(std::shared_ptr<const Policy> policy) { policy_ = std::move(policy); }
  void setHostAddresses(const std::vector<IpAddress>& addresses);
  [[nodiscard]] Pins& pins() { return pins_; }

  /// A TCP connection to an address that the guest chose. NeedsName only where connections say their host: ports 80 and 443. An
  /// alias that is allowed has a host, and is to be dialled by it.
  [[nodiscard]] Judgement tcp(const IpAddress& address, std::uint16_t port, Pins::Time now);
  /// By addresses only; QUIC never.
  [[nodiscard]] Judgement udp(const IpAddress& address, std::uint16_t port) const;
  /// A canonical name that a connection or request says.
  [[nodiscard]] Judgement name(const std::string& name) const;
  /// A canonical name that the guest's resolver asks for.
  [[nodiscard]] Judgement lookup(const std::string& name) const;
  /// An address to which an allowed name led.
  [[nodiscard]] Judgement target(const IpAddress& address, const std::string& name) const;
  /// A connection that is open: allowed as `name` when it was allowed by one, to `address`.
  [[nodiscard]] Judgement open(const IpAddress& address, std::uint16_t port, const std::string& name, Pins::Time now);

  [[nodiscard]] static bool saysItsHost(std::uint16_t port) { return port == 80 || port == 443; }

 private:
  [[nodiscard]] bool isReady() const { return policy_ && knowsHost_; }
  [[nodiscard]] Judgement alias(const IpAddress& address, Pins::Time now);
  [[nodiscard]] Judgement pinned(const IpAddress& address, Pins::Time now, Judgement otherwise);

  std::shared_ptr<const Policy> policy_;
  BlockedRanges blocked_;
  bool knowsHost_ = false;
  Pins pins_;
};

}  // namespace terrarium::egress
