// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "backend/api/pending.h"
#include "backend/domain/egressrules.h"

namespace terrarium {

/// Whom a gateway serves.
struct GatewayPlan {
  QString name;  ///< for the log: the sandbox id
  /// The host's end of the machine's network card; the gateway works on a copy of it, which ends with the gateway.
  int frames = -1;
  EgressRules rules = EgressRules::open();
};

/// What judges every packet of one machine. Lives in the engine's thread; destroying it closes the machine's network for good.
/// While it cannot judge, nothing gets through.
class Gateway : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  /// Resolves when the rules are in force and connections that they forbid are cut. Unavailable when the gateway cannot be reached:
  /// the network stays closed then, until a later call succeeds.
  virtual Pending<void> apply(const EgressRules& rules) = 0;
};

/// Starts gateways.
class Gateways {
 public:
  virtual ~Gateways() = default;
  /// The rules of the plan are in force when this resolves.
  virtual Pending<std::shared_ptr<Gateway>> open(const GatewayPlan& plan) = 0;
};

}  // namespace terrarium
