// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "backend/egress/channel/flowchannel.h"
#include "backend/egress/policy/ipaddress.h"
#include "backend/egress/policy/pins.h"

namespace terrarium::egress {

// --- from the engine to the gateway of one sandbox

/// Replaces the rules. Answered by PolicyApplied once every open flow obeys them, or by PolicyRefused.
struct SetPolicy {
  std::uint64_t version = 0;
  std::vector<std::string> allowOut;
  std::vector<std::string> denyOut;

  bool operator==(const SetPolicy&) const = default;
};

/// Every address that this computer has; replaces those told before.
struct HostAddresses {
  std::vector<IpAddress> addresses;

  bool operator==(const HostAddresses&) const = default;
};

enum class ResolveOutcome : std::uint8_t {
  Found = 1,
  NoSuchName = 2,
  Failed = 3,  ///< the resolver cannot be asked now
};

/// Answer to ResolveName.
struct NameResolved {
  std::uint64_t id = 0;
  ResolveOutcome outcome = ResolveOutcome::Failed;
  std::vector<IpAddress> addresses;

  bool operator==(const NameResolved&) const = default;
};

/// What was saved with a snapshot: the pins, and the connections that were open then and are dead now.
struct RestoreState {
  std::vector<Pin> pins;
  std::vector<FlowTuple> connections;

  bool operator==(const RestoreState&) const = default;
};

/// Wants SavedState.
struct SaveState {
  bool operator==(const SaveState&) const = default;
};

/// The netstack was started anew; its end of a new flow channel comes along. Flows of the one before are gone.
struct NetstackStarted {
  bool operator==(const NetstackStarted&) const = default;
};

// --- from the gateway to the engine

struct PolicyApplied {
  std::uint64_t version = 0;

  bool operator==(const PolicyApplied&) const = default;
};

/// The rules make no sense; those before stay in force.
struct PolicyRefused {
  std::uint64_t version = 0;
  std::string message;

  bool operator==(const PolicyRefused&) const = default;
};

/// Only for names that may be allowed. At most kMaxResolving are asked at a time.
struct ResolveName {
  std::uint64_t id = 0;
  std::string name;  ///< canonical

  bool operator==(const ResolveName&) const = default;
};

struct SavedState {
  std::vector<Pin> pins;
  std::vector<FlowTuple> connections;

  bool operator==(const SavedState&) const = default;
};

/// The netstack has gone or talks nonsense: nothing leaves the sandbox until NetstackStarted.
struct NetstackLost {
  bool operator==(const NetstackLost&) const = default;
};

/// One decision or what became of a flow.
struct FlowEvent {
  enum class Kind : std::uint8_t { Open = 1, Deny = 2, Fail = 3, Close = 4 };
  enum class Protocol : std::uint8_t { Tcp = 1, Udp = 2, Dns = 3 };

  Kind kind = Kind::Open;
  std::uint64_t flow = 0;  ///< the same in Open and Close of one flow
  std::int64_t time = 0;   ///< milliseconds since 1970
  Protocol protocol = Protocol::Tcp;
  std::string host;  ///< as far as it is known
  std::optional<IpAddress> address;
  std::uint16_t port = 0;
  std::string rule;                 ///< see Judgement
  std::string reason;               ///< of Deny and Fail
  std::uint64_t bytesSent = 0;      ///< by the guest; of Close
  std::uint64_t bytesReceived = 0;  ///< by the guest; of Close
  std::uint32_t times = 1;          ///< how many like this one; more than one in storms

  bool operator==(const FlowEvent&) const = default;
};

struct FlowEvents {
  std::vector<FlowEvent> events;

  bool operator==(const FlowEvents&) const = default;
};

using ToGateway = std::variant<SetPolicy, HostAddresses, NameResolved, RestoreState, SaveState, NetstackStarted>;
using FromGateway = std::variant<PolicyApplied, PolicyRefused, ResolveName, SavedState, NetstackLost, FlowEvents>;

inline constexpr std::size_t kMaxResolving = 64;
inline constexpr std::size_t kMaxResolvedAddresses = 64;
inline constexpr std::size_t kMaxHostAddresses = 1024;
inline constexpr std::size_t kMaxEventsAtOnce = 64;
inline constexpr std::size_t kMaxEventText = 512;  ///< of host, rule and reason each
/// Fits into a seqpacket message with the usual buffers. Pins that find no room are left out.
inline constexpr std::size_t kMaxControlMessage = std::size_t{160} * 1024;

/// One message is one packet: version, type, then the fields in their order here, little endian; texts and lists with their length
/// before them. Lists and texts that are too long are cut.
[[nodiscard]] std::string encoded(const ToGateway& message);
[[nodiscard]] std::string encoded(const FromGateway& message);

/// Nothing when the bytes are not exactly one message of that direction.
[[nodiscard]] std::optional<ToGateway> parseToGateway(std::string_view bytes);
[[nodiscard]] std::optional<FromGateway> parseFromGateway(std::string_view bytes);

}  // namespace terrarium::egress
