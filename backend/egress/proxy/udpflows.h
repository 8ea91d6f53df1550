// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <memory>

#include "backend/egress/proxy/flowcontext.h"

namespace terrarium::egress {

/// The guest's UDP conversations: questions to name services are ours, the rest is judged by address rules alone and carried by one
/// connected socket each. Belongs to the gateway.
class UdpFlows {
 public:
  static constexpr std::size_t kMaxFlows = 512;
  static constexpr auto kIdle = std::chrono::seconds(60);

  explicit UdpFlows(FlowContext& context) : context_(context), self_(std::make_shared<UdpFlows*>(this)) {}
  ~UdpFlows() { clear(); }
  UdpFlows(const UdpFlows&) = delete;
  UdpFlows& operator=(const UdpFlows&) = delete;

  void datagram(const Datagram& datagram);
  /// Ends what the rules do not allow any more.
  void rejudge();
  /// Ends what was idle too long.
  void tick();
  void clear();
  [[nodiscard]] bool isEmpty() const { return flows_.empty(); }

 private:
  struct Flow {
    std::uint64_t id = 0;
    Descriptor socket;
    std::string rule;
    std::uint64_t bytesSent = 0;
    std::uint64_t bytesReceived = 0;
    EventLoop::Time lastUse;
  };
  using Flows = std::map<FlowTuple, Flow>;

  void nameService(const Datagram& datagram);
  /// Nothing when it is refused.
  [[nodiscard]] Flow* flowFor(const FlowTuple& tuple);
  [[nodiscard]] Flow* open(const FlowTuple& tuple, const std::string& rule);
  void refuse(const FlowTuple& tuple, FlowEvent::Kind kind, const std::string& rule, const std::string& reason);
  void receive(const FlowTuple& tuple);
  void tell(const FlowTuple& tuple, const Flow& flow, FlowEvent::Kind kind, const std::string& reason);
  Flows::iterator close(Flows::iterator flow);

  FlowContext& context_;
  std::uint64_t lastId_ = 0;
  Flows flows_;
  std::shared_ptr<UdpFlows*> self_;  ///< names may be resolved when there is no gateway any more
};

}  // namespace terrarium::egress
