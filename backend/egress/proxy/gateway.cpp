// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/gateway.h"

#include <utility>

namespace terrarium::egress {

namespace {

constexpr auto kTick = std::chrono::milliseconds(250);
constexpr auto kBatch = std::chrono::milliseconds(20);
/// While something else is left to tell the engine, or a storm of denials goes on.
constexpr auto kLaterBatch = std::chrono::milliseconds(100);

template <class... Handlers>
struct Handling : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Handling(Handlers...) -> Handling<Handlers...>;

}  // namespace

Gateway::Gateway(Descriptor netstack, Descriptor engine)
    : resolver_([this](const ResolveName& question) { tellEngine(question); }),
      log_([this](const FlowEvents& events) {
        if (engine_->isBusy()) return false;
        tellEngine(events);
        return true;
      }),
      dns_(judge_, resolver_, log_),
      context_{loop_,
               judge_,
               resolver_,
               dns_,
               log_,
               [this](const FlowMessage& message, Descriptor descriptor) { tellNetstack(message, std::move(descriptor)); },
               [this](FlowId id) {
                 if (auto flow = flows_.extract(id)) ended_.push_back(std::move(flow.mapped()));
               },
               [this](FlowId id, Descriptor guest) {
                 if (broken_.size() < kMaxFlows) broken_.insert_or_assign(id, std::move(guest));
               }},
      udp_(context_) {
  loop_.setBetween([this] { between(); });
  engine_.emplace(loop_, std::move(engine), kMaxControlMessage,
                  [this](FlowSocket::Received received) { fromEngine(std::move(received)); });
  connect(std::move(netstack));
}

void Gateway::connect(Descriptor netstack) {
  netstack_.emplace(loop_, std::move(netstack), kMaxFlowMessage,
                    [this](const FlowSocket::Received& received) { fromNetstack(received); });
}

void Gateway::tellEngine(const FromGateway& message) { engine_->send(encoded(message)); }

void Gateway::tellNetstack(const FlowMessage& message, Descriptor descriptor) {
  if (!netstack_ || !netstack_->isOpen()) return;
  // Datagrams may be lost, and a netstack that does not listen must not fill our memory with them.
  if (netstack_->isBusy() && (std::holds_alternative<Datagram>(message) || std::holds_alternative<DatagramRefused>(message)))
    return;
  netstack_->send(encoded(message), std::move(descriptor));
}

void Gateway::fromEngine(FlowSocket::Received received) {
  const auto message = received.step == FlowSocket::Step::Message ? parseToGateway(received.bytes) : std::nullopt;
  // Without an engine there is nobody whose rules to follow.
  if (!message) return loop_.stop();
  std::visit(Handling{[this](const SetPolicy& policy) { setPolicy(policy); },
                      [this](const HostAddresses& host) {
                        judge_.setHostAddresses(host.addresses);
                        rejudgeAll();
                      },
                      [this](const NameResolved& answer) { resolver_.answered(answer, loop_.now()); },
                      [this](const RestoreState& state) { restore(state); },
                      [this](const SaveState&) {
                        if (netstack_->isOpen()) return tellNetstack(TuplesWanted{}, Descriptor());
                        tellEngine(SavedState{judge_.pins().saved(), {}});
                      },
                      [&](const NetstackStarted&) {
                        loseNetstack();
                        connect(std::move(received.descriptor));
                      }},
             *message);
}

void Gateway::setPolicy(const SetPolicy& message) {
  const auto rules = EgressRules::parse(message.allowOut, message.denyOut);
  if (!rules) return tellEngine(PolicyRefused{message.version, rules.error().message});
  judge_.setPolicy(std::make_shared<const Policy>(message.version, *rules));
  rejudgeAll();
  // Sockets are closed before we say so, not after.
  ended_.clear();
  tellEngine(PolicyApplied{message.version});
}

void Gateway::restore(const RestoreState& state) {
  judge_.pins().restore(state.pins, loop_.now());
  if (!state.connections.empty()) tellNetstack(Poke{state.connections}, Descriptor());
}

void Gateway::rejudgeAll() {
  std::vector<TcpFlow*> flows;
  for (const auto& [id, flow] : flows_) flows.push_back(flow.get());
  for (auto* flow : flows) flow->rejudge();
  udp_.rejudge();
}

void Gateway::fromNetstack(const FlowSocket::Received& received) {
  const auto message = received.step == FlowSocket::Step::Message ? parseFromNetstack(received.bytes) : std::nullopt;
  if (!message) {
    loseNetstack();
    return tellEngine(NetstackLost{});
  }
  const auto with = [this](FlowId id, void (TcpFlow::*action)()) {
    if (const auto flow = flows_.find(id); flow != flows_.end()) (flow->second.get()->*action)();
  };
  std::visit(Handling{[this](const Open& wish) { open(wish); }, [&](const Reset& reset) { with(reset.id, &TcpFlow::guestReset); },
                      [&](const Closed& closed) {
                        broken_.erase(closed.id);
                        with(closed.id, &TcpFlow::guestClosed);
                      },
                      [this](const Datagram& datagram) { udp_.datagram(datagram); }, [](const Note&) {},
                      [this](const Tuples& tuples) {
                        tellEngine(SavedState{judge_.pins().saved(), tuples.list});
                      }},
             *message);
}

void Gateway::loseNetstack() {
  netstack_->close();
  broken_.clear();
  std::vector<TcpFlow*> flows;
  for (const auto& [id, flow] : flows_) flows.push_back(flow.get());
  for (auto* flow : flows) flow->guestReset();
  udp_.clear();
}

void Gateway::open(const Open& open) {
  auto [found, isNew] = flows_.try_emplace(open.id);
  // Ids are never used twice; whoever does so talks nonsense.
  if (!isNew) {
    loseNetstack();
    return tellEngine(NetstackLost{});
  }
  found->second = std::make_unique<TcpFlow>(context_, open);
  auto& flow = *found->second;
  if (flows_.size() > kMaxFlows) {
    return flow.refuse({Outcome::Deny, kGatewayLimit, "4096 connections are open already"});
  }
  if (context_.halfOpen > kMaxHalfOpen) {
    return flow.refuse({Outcome::Deny, kGatewayLimit, "256 connections are being opened already"});
  }
  flow.begin();
}

void Gateway::between() {
  ended_.clear();
  if (!log_.isEmpty() && !std::exchange(isFlushing_, true)) loop_.after(kBatch, [this] { flushLog(); });
  const bool isIdle = flows_.empty() && udp_.isEmpty() && resolver_.isIdle();
  if (!isIdle && !std::exchange(isTicking_, true)) loop_.after(kTick, [this] { tick(); });
}

void Gateway::flushLog() {
  isFlushing_ = log_.flush(loop_.now());
  if (isFlushing_) loop_.after(kLaterBatch, [this] { flushLog(); });
}

void Gateway::tick() {
  isTicking_ = false;
  std::vector<TcpFlow*> flows;
  for (const auto& [id, flow] : flows_) flows.push_back(flow.get());
  for (auto* flow : flows) flow->tick();
  udp_.tick();
  resolver_.tick(loop_.now());
}

}  // namespace terrarium::egress
