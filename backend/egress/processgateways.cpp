// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/processgateways.h"

namespace terrarium {

Pending<std::shared_ptr<Gateway>> ProcessGateways::open(const GatewayPlan& plan) {
  auto gateway = std::make_shared<ProcessGateway>(programs_, host_, plan);
  Resolver<std::shared_ptr<Gateway>> opened;
  whenDone(gateway->apply(plan.rules), this, [gateway, opened](const Result<void>& applied) {
    using Opened = Result<std::shared_ptr<Gateway>>;
    opened.resolve(applied ? Opened(gateway) : Opened(failure(applied.error())));
  });
  return opened.pending();
}

}  // namespace terrarium
