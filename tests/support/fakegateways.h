// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>

#include "backend/engine/ports/gateways.h"
#include "tests/support/callscript.h"

namespace terrarium {

/// Gateways that remember what they were told. Calls: "gateways.open", "gateway.apply".
class FakeGateways : public Gateways {
 public:
  explicit FakeGateways(CallScript& script) : script_(script) {}

  Pending<std::shared_ptr<Gateway>> open(const GatewayPlan& plan) override;

  /// The rules in force, by the name of the plan; a gateway that has ended is not there any more.
  std::map<QString, EgressRules> inForce;

 private:
  CallScript& script_;
};

}  // namespace terrarium
