// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace terrarium::egress {

/// Names one TCP connection of the guest for the life of a netstack; never 0, never used twice.
using FlowId = std::uint64_t;

/// An IPv4 address (as a number: 10.0.2.15 is 0x0a00020f) and a port, which is never 0.
struct Endpoint {
  std::uint32_t address = 0;
  std::uint16_t port = 0;

  auto operator<=>(const Endpoint&) const = default;
};

/// What tells one conversation of the guest from all others; the guest's own address is always the same.
struct FlowTuple {
  std::uint16_t guestPort = 0;
  Endpoint peer;

  auto operator<=>(const FlowTuple&) const = default;
};

/// The guest wants a TCP connection. It hears nothing until Accept or Refuse comes back, so a target can be dialled first. Every
/// Open ends with exactly one Refuse or one Closed.
struct Open {
  FlowId id = 0;
  FlowTuple tuple;

  bool operator==(const Open&) const = default;
};

/// Either side: the flow broke. The other side drops what it still has of it. Answered by Closed in the direction of egress.
struct Reset {
  FlowId id = 0;

  bool operator==(const Reset&) const = default;
};

/// A flow is over, in whichever way; its id will not be heard of again. Bytes as the guest's TCP confirmed them.
struct Closed {
  FlowId id = 0;
  std::uint64_t bytesUp = 0;    ///< from the guest
  std::uint64_t bytesDown = 0;  ///< to the guest

  bool operator==(const Closed&) const = default;
};

/// Either direction: one UDP datagram. `payload` points into the message that was parsed.
struct Datagram {
  FlowTuple tuple;
  std::string_view payload;

  bool operator==(const Datagram&) const = default;
};

/// The guest sent something that is neither TCP nor UDP over IPv4; told a few times a second at most. `code` consists of a-z, 0-9
/// and
/// '-' and points into the message that was parsed.
struct Note {
  std::string_view code;

  bool operator==(const Note&) const = default;
};

/// The TCP connections that are open now: answer to TuplesWanted.
struct Tuples {
  std::vector<FlowTuple> list;

  bool operator==(const Tuples&) const = default;
};

/// The target is there: the guest's handshake goes on. Comes with one end of a stream socketpair: what is written there reaches the
/// guest, the end of the stream is FIN in each direction.
struct Accept {
  FlowId id = 0;

  bool operator==(const Accept&) const = default;
};

enum class Refusal : std::uint8_t {
  Reset = 1,        ///< the guest's program sees "connection refused"
  Unreachable = 2,  ///< ... "no route to host"
};

struct Refuse {
  FlowId id = 0;
  Refusal how = Refusal::Reset;

  bool operator==(const Refuse&) const = default;
};

/// A datagram from the guest will not be forwarded: it gets ICMP "port unreachable".
struct DatagramRefused {
  FlowTuple tuple;

  bool operator==(const DatagramRefused&) const = default;
};

/// Connections that died with a snapshot: once the guest has sent its first frame, each is made to notice.
struct Poke {
  std::vector<FlowTuple> list;

  bool operator==(const Poke&) const = default;
};

struct TuplesWanted {
  bool operator==(const TuplesWanted&) const = default;
};

using FromNetstack = std::variant<Open, Reset, Closed, Datagram, Note, Tuples>;
using FromEgress = std::variant<Accept, Refuse, Reset, Datagram, DatagramRefused, Poke, TuplesWanted>;
using FlowMessage = std::variant<Open, Reset, Closed, Datagram, Note, Tuples, Accept, Refuse, DatagramRefused, Poke, TuplesWanted>;

inline constexpr std::size_t kMaxTuples = 4096;
inline constexpr std::size_t kMaxNote = 32;
/// What fits into an IPv4 packet.
inline constexpr std::size_t kMaxPayload = 65507;
/// Longest message in either direction.
inline constexpr std::size_t kMaxFlowMessage = 66 * std::size_t{1024};

/// Messages are: version, type, two zero bytes, then the fields in their order here, little endian, without padding. Lists longer
/// than kMaxTuples, payloads longer than kMaxPayload and other codes than Note allows are cut.
[[nodiscard]] std::string encoded(const FlowMessage& message);

/// Nothing when the bytes are not exactly one message of that direction: then the other side is broken or hostile.
[[nodiscard]] std::optional<FromNetstack> parseFromNetstack(std::string_view bytes);
[[nodiscard]] std::optional<FromEgress> parseFromEgress(std::string_view bytes);

}  // namespace terrarium::egress
