// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/udpflows.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>

#include "backend/egress/proxy/socketaddress.h"

namespace terrarium::egress {

namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr int kDatagramsPerRound = 64;
/// So that ids differ from those of TCP flows, which the netstack gives.
constexpr std::uint64_t kIdBit = std::uint64_t{1} << 63;

IpAddress addressOf(const FlowTuple& tuple) { return IpAddress::v4(tuple.peer.address); }

}  // namespace

void UdpFlows::datagram(const Datagram& datagram) {
  if (datagram.tuple.peer.port == kDnsPort) return nameService(datagram);
  auto* flow = flowFor(datagram.tuple);
  if (flow == nullptr) return;
  flow->lastUse = context_.loop.now();
  const auto sent = ::send(flow->socket.number(), datagram.payload.data(), datagram.payload.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) {
    flow->bytesSent += static_cast<std::uint64_t>(sent);
  } else if (errno == ECONNREFUSED) {
    // Of an earlier datagram.
    context_.tellNetstack(DatagramRefused{datagram.tuple}, Descriptor());
  }
}

void UdpFlows::nameService(const Datagram& datagram) {
  context_.dns.ask(datagram.payload, false, context_.loop.now(),
                   [self = std::weak_ptr(self_), tuple = datagram.tuple](const std::string& answer) {
                     if (const auto flows = self.lock()) (*flows)->context_.tellNetstack(Datagram{tuple, answer}, Descriptor());
                   });
}

UdpFlows::Flow* UdpFlows::flowFor(const FlowTuple& tuple) {
  if (const auto found = flows_.find(tuple); found != flows_.end()) return &found->second;
  const auto judged = context_.judge.udp(addressOf(tuple), tuple.peer.port);
  if (judged.outcome != Outcome::Allow) {
    refuse(tuple, FlowEvent::Kind::Deny, judged.rule, judged.reason);
    return nullptr;
  }
  if (flows_.size() >= kMaxFlows) {
    refuse(tuple, FlowEvent::Kind::Deny, kGatewayLimit, "512 UDP conversations are open already");
    return nullptr;
  }
  return open(tuple, judged.rule);
}

UdpFlows::Flow* UdpFlows::open(const FlowTuple& tuple, const std::string& rule) {
  const SocketAddress target(addressOf(tuple), tuple.peer.port);
  Descriptor socket(::socket(target.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.isOpen() || ::connect(socket.number(), target.data(), target.size()) != 0) {
    refuse(tuple, FlowEvent::Kind::Fail, rule, addressOf(tuple).text() + " cannot be reached from this computer");
    return nullptr;
  }
  auto& flow = flows_[tuple];
  flow.id = kIdBit | ++lastId_;
  flow.socket = std::move(socket);
  flow.rule = rule;
  context_.loop.watch(flow.socket.number(), [this, tuple](std::uint32_t) { receive(tuple); });
  tell(tuple, flow, FlowEvent::Kind::Open, {});
  return &flow;
}

void UdpFlows::receive(const FlowTuple& tuple) {
  const auto found = flows_.find(tuple);
  if (found == flows_.end()) return;
  auto& flow = found->second;
  static std::array<char, kMaxPayload> payload;
  for (int i = 0; i < kDatagramsPerRound; ++i) {
    const auto size = ::recv(flow.socket.number(), payload.data(), payload.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN) return;
    if (size < 0) {
      if (errno == ECONNREFUSED) context_.tellNetstack(DatagramRefused{tuple}, Descriptor());
      continue;
    }
    flow.lastUse = context_.loop.now();
    flow.bytesReceived += static_cast<std::uint64_t>(size);
    context_.tellNetstack(Datagram{tuple, {payload.data(), static_cast<std::size_t>(size)}}, Descriptor());
  }
  context_.loop.again(flow.socket.number());
}

void UdpFlows::refuse(const FlowTuple& tuple, FlowEvent::Kind kind, const std::string& rule, const std::string& reason) {
  Flow none;
  none.rule = rule;
  tell(tuple, none, kind, reason);
  context_.tellNetstack(DatagramRefused{tuple}, Descriptor());
}

void UdpFlows::tell(const FlowTuple& tuple, const Flow& flow, FlowEvent::Kind kind, const std::string& reason) {
  FlowEvent event;
  event.kind = kind;
  event.flow = flow.id;
  event.protocol = FlowEvent::Protocol::Udp;
  event.address = addressOf(tuple);
  event.port = tuple.peer.port;
  event.rule = flow.rule;
  event.reason = reason;
  event.bytesSent = flow.bytesSent;
  event.bytesReceived = flow.bytesReceived;
  context_.log.add(std::move(event), context_.loop.now());
}

UdpFlows::Flows::iterator UdpFlows::close(Flows::iterator flow) {
  tell(flow->first, flow->second, FlowEvent::Kind::Close, {});
  context_.loop.unwatch(flow->second.socket.number());
  return flows_.erase(flow);
}

void UdpFlows::rejudge() {
  for (auto each = flows_.begin(); each != flows_.end();) {
    const auto judged = context_.judge.udp(addressOf(each->first), each->first.peer.port);
    if (judged.outcome == Outcome::Allow) {
      each->second.rule = judged.rule;
      ++each;
      continue;
    }
    refuse(each->first, FlowEvent::Kind::Deny, judged.rule, judged.reason);
    each = close(each);
  }
}

void UdpFlows::tick() {
  for (auto each = flows_.begin(); each != flows_.end();) {
    each = context_.loop.now() - each->second.lastUse >= kIdle ? close(each) : std::next(each);
  }
}

void UdpFlows::clear() {
  for (auto each = flows_.begin(); each != flows_.end();) each = close(each);
}

}  // namespace terrarium::egress
