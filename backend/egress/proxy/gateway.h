// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "backend/egress/control/controlchannel.h"
#include "backend/egress/proxy/flowcontext.h"
#include "backend/egress/proxy/messagelink.h"
#include "backend/egress/proxy/tcpflow.h"
#include "backend/egress/proxy/udpflows.h"

namespace terrarium::egress {

/// The gateway of one sandbox: obeys the engine on one channel, serves the netstack on the other, decides and dials. Ends when the
/// engine's channel does. One thread.
class Gateway {
 public:
  static constexpr std::size_t kMaxFlows = 4096;
  static constexpr std::size_t kMaxHalfOpen = 256;

  Gateway(Descriptor netstack, Descriptor engine);
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  void run() { loop_.run(); }

 private:
  void fromEngine(FlowSocket::Received received);
  void fromNetstack(const FlowSocket::Received& received);
  void connect(Descriptor netstack);
  void loseNetstack();
  void tellNetstack(const FlowMessage& message, Descriptor descriptor);
  void tellEngine(const FromGateway& message);

  void setPolicy(const SetPolicy& message);
  void restore(const RestoreState& state);
  void open(const Open& open);
  void rejudgeAll();

  void between();
  void flushLog();
  void tick();

  EventLoop loop_;
  Judge judge_;
  NameResolver resolver_;
  EventLog log_;
  DnsFront dns_;
  FlowContext context_;
  std::optional<MessageLink> engine_;
  std::optional<MessageLink> netstack_;
  std::unordered_map<FlowId, std::unique_ptr<TcpFlow>> flows_;
  std::vector<std::unique_ptr<TcpFlow>> ended_;
  std::unordered_map<FlowId, Descriptor> broken_;
  UdpFlows udp_;
  bool isTicking_ = false;
  bool isFlushing_ = false;
};

}  // namespace terrarium::egress
