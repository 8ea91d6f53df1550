// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "backend/egress/gatewaylink.h"
#include "backend/egress/gatewayprogram.h"
#include "backend/egress/hostaddresswatch.h"
#include "backend/engine/ports/gateways.h"

namespace terrarium {

/// Where the two programs are.
struct GatewayPrograms {
  QString netstack;
  QString egress;
  std::optional<UnprivilegedUser> user;  ///< whom they run as, if not the engine's own
};

/// A gateway as two processes: `terrarium-netstack` with the machine's network card, and `terrarium-egress`, which knows the rules.
/// When one of them ends, both are started anew with the rules that were last asked for; until they are in force nothing gets
/// through. Engine thread.
class ProcessGateway final : public Gateway {
  Q_OBJECT
 public:
  ProcessGateway(GatewayPrograms programs, HostAddressWatch& host, const GatewayPlan& plan);
  ~ProcessGateway() override;

  Pending<void> apply(const EgressRules& rules) override;

 private:
  struct Wish {
    std::uint64_t version = 0;
    Resolver<void> answer;
  };
  void start();
  void connectLink();
  void onEnded(const QString& reason);
  void onReceived(const egress::FromGateway& message);
  void resolve(const egress::ResolveName& question);
  void sendRules();
  void settle(std::uint64_t version, const Result<void>& result);
  void giveUp();

  GatewayPrograms programs_;
  HostAddressWatch& host_;
  QString name_;
  Descriptor frames_;
  EgressRules rules_;
  std::uint64_t version_ = 0;
  std::vector<Wish> wishes_;
  std::unique_ptr<GatewayLink> link_;
  std::unique_ptr<GatewayProgram> netstack_;
  std::unique_ptr<GatewayProgram> egress_;
  QTimer startAgain_;
  QTimer patience_;
  int startsInARow_ = 0;
};

}  // namespace terrarium
