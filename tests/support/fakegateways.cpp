// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/fakegateways.h"

#include <utility>

namespace terrarium {

namespace {

class FakeGateway : public Gateway {
 public:
  FakeGateway(CallScript& script, std::map<QString, EgressRules>& inForce, QString name)
      : script_(script), inForce_(inForce), name_(std::move(name)) {}
  ~FakeGateway() override { inForce_.erase(name_); }

  Pending<void> apply(const EgressRules& rules) override {
    return script_.answer("gateway.apply", [this, rules] { inForce_.insert_or_assign(name_, rules); });
  }

 private:
  CallScript& script_;
  std::map<QString, EgressRules>& inForce_;
  QString name_;
};

}  // namespace

Pending<std::shared_ptr<Gateway>> FakeGateways::open(const GatewayPlan& plan) {
  return script_.answer<std::shared_ptr<Gateway>>("gateways.open", [this, plan] {
    inForce.insert_or_assign(plan.name, plan.rules);
    return Result<std::shared_ptr<Gateway>>(std::make_shared<FakeGateway>(script_, inForce, plan.name));
  });
}

}  // namespace terrarium
