// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/egress/processgateway.h"

namespace terrarium {

/// Gateways as processes of this computer. Engine thread.
class ProcessGateways final : public QObject, public Gateways {
 public:
  explicit ProcessGateways(GatewayPrograms programs) : programs_(std::move(programs)) {}

  Pending<std::shared_ptr<Gateway>> open(const GatewayPlan& plan) override;

 private:
  GatewayPrograms programs_;
  HostAddressWatch host_;
};

}  // namespace terrarium
