// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/control/controlchannel.h"

#include "backend/domain/domainpattern.h"
#include "backend/domain/egressrules.h"
#include "backend/egress/control/packet.h"

namespace terrarium::egress {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxRuleText = DomainPattern::kMaxBytes;
constexpr std::size_t kMaxMessageText = 1024;

enum class Type : std::uint8_t {
  SetPolicy = 1,
  HostAddresses,
  NameResolved,
  RestoreState,
  SaveState,
  NetstackStarted,
  PolicyApplied = 16,
  PolicyRefused,
  ResolveName,
  SavedState,
  NetstackLost,
  FlowEvents,
};

PacketWriter begin(Type type) {
  PacketWriter out;
  out.number(kVersion);
  out.number(static_cast<std::uint8_t>(type));
  return out;
}

void putCount(PacketWriter& out, std::size_t count) { out.number(static_cast<std::uint16_t>(count)); }

void putRules(PacketWriter& out, const std::vector<std::string>& rules) {
  const auto count = std::min(rules.size(), EgressRules::kMaxRules);
  putCount(out, count);
  for (std::size_t i = 0; i < count; ++i) out.text(rules[i], kMaxRuleText);
}

void putAddresses(PacketWriter& out, const std::vector<IpAddress>& addresses, std::size_t most) {
  const auto count = std::min(addresses.size(), most);
  putCount(out, count);
  for (std::size_t i = 0; i < count; ++i) out.address(addresses[i]);
}

std::string stateMessage(Type type, const std::vector<Pin>& pins, const std::vector<FlowTuple>& connections) {
  auto out = begin(type);
  const auto tuples = std::min(connections.size(), kMaxTuples);
  putCount(out, tuples);
  for (std::size_t i = 0; i < tuples; ++i) {
    out.number(connections[i].guestPort);
    out.number(connections[i].peer.address);
    out.number(connections[i].peer.port);
  }
  PacketWriter list;
  std::size_t count = 0;
  for (const auto& pin : pins) {
    PacketWriter one;
    one.address(pin.address);
    const auto names = std::min(pin.names.size(), Pins::kMaxNames);
    putCount(one, names);
    for (std::size_t i = 0; i < names; ++i) one.text(pin.names[i], kMaxRuleText);
    if (count == Pins::kMaxAddresses || out.size() + list.size() + one.size() + 2 > kMaxControlMessage) break;
    list.append(one.take());
    ++count;
  }
  putCount(out, count);
  return out.take() + list.take();
}

void putEvent(PacketWriter& out, const FlowEvent& event) {
  out.number(static_cast<std::uint8_t>(event.kind));
  out.number(event.flow);
  out.number(event.time);
  out.number(static_cast<std::uint8_t>(event.protocol));
  out.text(event.host, kMaxEventText);
  out.number(static_cast<std::uint8_t>(event.address ? 1 : 0));
  if (event.address) out.address(*event.address);
  out.number(event.port);
  out.text(event.rule, kMaxEventText);
  out.text(event.reason, kMaxEventText);
  out.number(event.bytesSent);
  out.number(event.bytesReceived);
  out.number(event.times);
}

struct Encoder {
  std::string operator()(const SetPolicy& message) const {
    auto out = begin(Type::SetPolicy);
    out.number(message.version);
    putRules(out, message.allowOut);
    putRules(out, message.denyOut);
    return out.take();
  }
  std::string operator()(const HostAddresses& message) const {
    auto out = begin(Type::HostAddresses);
    putAddresses(out, message.addresses, kMaxHostAddresses);
    return out.take();
  }
  std::string operator()(const NameResolved& message) const {
    auto out = begin(Type::NameResolved);
    out.number(message.id);
    out.number(static_cast<std::uint8_t>(message.outcome));
    putAddresses(out, message.addresses, kMaxResolvedAddresses);
    return out.take();
  }
  std::string operator()(const RestoreState& message) const {
    return stateMessage(Type::RestoreState, message.pins, message.connections);
  }
  std::string operator()(const SaveState&) const { return begin(Type::SaveState).take(); }
  std::string operator()(const NetstackStarted&) const { return begin(Type::NetstackStarted).take(); }
  std::string operator()(const PolicyApplied& message) const {
    auto out = begin(Type::PolicyApplied);
    out.number(message.version);
    return out.take();
  }
  std::string operator()(const PolicyRefused& message) const {
    auto out = begin(Type::PolicyRefused);
    out.number(message.version);
    out.text(message.message, kMaxMessageText);
    return out.take();
  }
  std::string operator()(const ResolveName& message) const {
    auto out = begin(Type::ResolveName);
    out.number(message.id);
    out.text(message.name, kMaxRuleText);
    return out.take();
  }
  std::string operator()(const SavedState& message) const {
    return stateMessage(Type::SavedState, message.pins, message.connections);
  }
  std::string operator()(const NetstackLost&) const { return begin(Type::NetstackLost).take(); }
  std::string operator()(const FlowEvents& message) const {
    auto out = begin(Type::FlowEvents);
    const auto count = std::min(message.events.size(), kMaxEventsAtOnce);
    putCount(out, count);
    for (std::size_t i = 0; i < count; ++i) putEvent(out, message.events[i]);
    return out.take();
  }
};

/// The message, if everything was there and nothing is left.
template <class Message, class Value>
std::optional<Message> whole(const PacketReader& in, Value value) {
  if (!in.isWhole()) return std::nullopt;
  return std::optional<Message>(std::in_place, std::move(value));
}

/// A member of a closed list of values that begins with 1.
template <class Enum>
Enum readEnum(PacketReader& in, Enum last) {
  const auto value = in.number<std::uint8_t>();
  if (value == 0 || value > static_cast<std::uint8_t>(last)) in.fail();
  return static_cast<Enum>(value);
}

std::vector<std::string> readRules(PacketReader& in) {
  std::vector<std::string> rules(in.count(EgressRules::kMaxRules));
  for (auto& rule : rules) rule = in.text(kMaxRuleText);
  return rules;
}

std::vector<IpAddress> readAddresses(PacketReader& in, std::size_t most) {
  std::vector<IpAddress> addresses;
  for (auto count = in.count(most); count > 0 && !in.failed(); --count) addresses.push_back(in.address());
  return addresses;
}

std::vector<Pin> readPins(PacketReader& in) {
  std::vector<Pin> pins;
  for (auto count = in.count(Pins::kMaxAddresses); count > 0 && !in.failed(); --count) {
    Pin pin{in.address(), {}};
    pin.names.resize(in.count(Pins::kMaxNames));
    for (auto& name : pin.names) name = in.text(kMaxRuleText);
    pins.push_back(std::move(pin));
  }
  return pins;
}

std::vector<FlowTuple> readTuples(PacketReader& in) {
  std::vector<FlowTuple> tuples;
  for (auto count = in.count(kMaxTuples); count > 0 && !in.failed(); --count) {
    FlowTuple tuple;
    tuple.guestPort = in.number<std::uint16_t>();
    tuple.peer.address = in.number<std::uint32_t>();
    tuple.peer.port = in.number<std::uint16_t>();
    tuples.push_back(tuple);
  }
  return tuples;
}

FlowEvent readEvent(PacketReader& in) {
  FlowEvent event;
  event.kind = readEnum(in, FlowEvent::Kind::Close);
  event.flow = in.number<std::uint64_t>();
  event.time = in.number<std::int64_t>();
  event.protocol = readEnum(in, FlowEvent::Protocol::Dns);
  event.host = in.text(kMaxEventText);
  const auto hasAddress = in.number<std::uint8_t>();
  if (hasAddress > 1) in.fail();
  if (hasAddress == 1) event.address = in.address();
  event.port = in.number<std::uint16_t>();
  event.rule = in.text(kMaxEventText);
  event.reason = in.text(kMaxEventText);
  event.bytesSent = in.number<std::uint64_t>();
  event.bytesReceived = in.number<std::uint64_t>();
  event.times = in.number<std::uint32_t>();
  return event;
}

std::optional<ToGateway> readSetPolicy(PacketReader& in) {
  SetPolicy message;
  message.version = in.number<std::uint64_t>();
  message.allowOut = readRules(in);
  message.denyOut = readRules(in);
  return whole<ToGateway>(in, std::move(message));
}

std::optional<ToGateway> readNameResolved(PacketReader& in) {
  NameResolved message;
  message.id = in.number<std::uint64_t>();
  message.outcome = readEnum(in, ResolveOutcome::Failed);
  message.addresses = readAddresses(in, kMaxResolvedAddresses);
  return whole<ToGateway>(in, std::move(message));
}

std::optional<FromGateway> readPolicyRefused(PacketReader& in) {
  PolicyRefused message{in.number<std::uint64_t>(), {}};
  message.message = in.text(kMaxMessageText);
  return whole<FromGateway>(in, std::move(message));
}

std::optional<FromGateway> readResolveName(PacketReader& in) {
  ResolveName message{in.number<std::uint64_t>(), {}};
  message.name = in.text(kMaxRuleText);
  return whole<FromGateway>(in, std::move(message));
}

std::optional<FromGateway> readFlowEvents(PacketReader& in) {
  FlowEvents message;
  for (auto count = in.count(kMaxEventsAtOnce); count > 0 && !in.failed(); --count) message.events.push_back(readEvent(in));
  return whole<FromGateway>(in, std::move(message));
}

std::optional<Type> readHeader(PacketReader& in, std::size_t size) {
  const auto version = in.number<std::uint8_t>();
  const auto type = in.number<std::uint8_t>();
  if (in.failed() || version != kVersion || size > kMaxControlMessage) return std::nullopt;
  return static_cast<Type>(type);
}

}  // namespace

std::string encoded(const ToGateway& message) { return std::visit(Encoder{}, message); }

std::string encoded(const FromGateway& message) { return std::visit(Encoder{}, message); }

std::optional<ToGateway> parseToGateway(std::string_view bytes) {
  PacketReader in(bytes);
  const auto type = readHeader(in, bytes.size());
  if (!type) return std::nullopt;
  switch (*type) {
    case Type::SetPolicy:
      return readSetPolicy(in);
    case Type::HostAddresses: {
      auto addresses = readAddresses(in, kMaxHostAddresses);
      return whole<ToGateway>(in, HostAddresses{std::move(addresses)});
    }
    case Type::NameResolved:
      return readNameResolved(in);
    case Type::RestoreState: {
      auto connections = readTuples(in);
      auto pins = readPins(in);
      return whole<ToGateway>(in, RestoreState{std::move(pins), std::move(connections)});
    }
    case Type::SaveState:
      return whole<ToGateway>(in, SaveState{});
    case Type::NetstackStarted:
      return whole<ToGateway>(in, NetstackStarted{});
    default:
      return std::nullopt;
  }
}

std::optional<FromGateway> parseFromGateway(std::string_view bytes) {
  PacketReader in(bytes);
  const auto type = readHeader(in, bytes.size());
  if (!type) return std::nullopt;
  switch (*type) {
    case Type::PolicyApplied: {
      const auto version = in.number<std::uint64_t>();
      return whole<FromGateway>(in, PolicyApplied{version});
    }
    case Type::PolicyRefused:
      return readPolicyRefused(in);
    case Type::ResolveName:
      return readResolveName(in);
    case Type::SavedState: {
      auto connections = readTuples(in);
      auto pins = readPins(in);
      return whole<FromGateway>(in, SavedState{std::move(pins), std::move(connections)});
    }
    case Type::NetstackLost:
      return whole<FromGateway>(in, NetstackLost{});
    case Type::FlowEvents:
      return readFlowEvents(in);
    default:
      return std::nullopt;
  }
}

}  // namespace terrarium::egress
