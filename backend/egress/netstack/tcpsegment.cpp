// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/tcpsegment.h"

#include "backend/egress/netstack/checksum.h"

namespace terrarium::netstack {

namespace {

constexpr std::uint8_t kEnd = 0;
constexpr std::uint8_t kNothing = 1;
constexpr std::uint8_t kMss = 2;
constexpr std::uint8_t kWindowScale = 3;
constexpr std::uint8_t kLargestScale = 14;  // RFC 7323, 2.3

/// False when an option runs over the end of the header.
bool readOptions(Bytes options, TcpSegment& segment) {
  for (std::size_t at = 0; at < options.size() && options[at] != kEnd;) {
    if (options[at] == kNothing) {
      ++at;
      continue;
    }
    if (options.size() - at < 2) return false;
    const std::size_t length = options[at + 1];
    if (length < 2 || length > options.size() - at) return false;
    if (options[at] == kMss && length == 4) segment.mss = read16(options, at + 2);
    if (options[at] == kWindowScale && length == 3) segment.windowScale = std::min(options[at + 2], kLargestScale);
    at += length;
  }
  return true;
}

bool makesSense(const TcpSegment& segment) {
  using enum TcpSegment::Flag;
  const int openers = int(segment.has(Syn)) + int(segment.has(Fin)) + int(segment.has(Rst));
  return openers <= 1 && (openers == 1 || segment.has(Ack));
}

}  // namespace

std::optional<ParsedTcp> parseTcp(const Ipv4Packet& packet) {
  const auto bytes = packet.payload;
  if (packet.protocol != kTcp || bytes.size() < kTcpHeader) return std::nullopt;
  const std::size_t header = std::size_t{4} * (bytes[12] >> 4);
  if (header < kTcpHeader || header > bytes.size()) return std::nullopt;
  ParsedTcp parsed{{read16(bytes, 0), {packet.destination, read16(bytes, 2)}}, {}};
  auto& segment = parsed.segment;
  segment.sequence = read32(bytes, 4);
  segment.acknowledgement = read32(bytes, 8);
  segment.flags = bytes[13];
  segment.window = read16(bytes, 14);
  segment.payload = bytes.subspan(header);
  if (parsed.tuple.guestPort == 0 || parsed.tuple.peer.port == 0) return std::nullopt;
  if (!readOptions(bytes.subspan(kTcpHeader, header - kTcpHeader), segment) || !makesSense(segment)) return std::nullopt;
  return parsed;
}

std::size_t writeTcpFrame(Space frame, const egress::FlowTuple& tuple, const TcpSegment& segment, std::size_t payloadSize) {
  const std::size_t options = segment.mss ? (segment.windowScale ? 8 : 4) : 0;
  const auto length = kTcpHeader + options + payloadSize;
  writeHeaders(frame, tuple.peer.address, kGuestAddress, kTcp, length);
  const auto message = frame.subspan(kMessage, length);
  write16(message, 0, tuple.peer.port);
  write16(message, 2, tuple.guestPort);
  write32(message, 4, segment.sequence);
  write32(message, 8, segment.acknowledgement);
  message[12] = static_cast<std::uint8_t>((kTcpHeader + options) / 4 << 4);
  message[13] = segment.flags;
  write16(message, 14, segment.window);
  write32(message, 16, 0);  // checksum, urgent pointer
  if (segment.mss) {
    message[20] = kMss;
    message[21] = 4;
    write16(message, 22, *segment.mss);
    if (segment.windowScale) {
      message[24] = kNothing;
      message[25] = kWindowScale;
      message[26] = 3;
      message[27] = *segment.windowScale;
    }
  }
  writeChecksum(message, 16, pseudoHeaderSum(tuple.peer.address, kGuestAddress, kTcp, length));
  return kMessage + length;
}

std::optional<TcpSegment> resetFor(const TcpSegment& segment) {
  if (segment.has(TcpSegment::Rst)) return std::nullopt;
  TcpSegment reset;
  reset.flags = TcpSegment::Rst;
  if (segment.has(TcpSegment::Ack)) {
    reset.sequence = segment.acknowledgement;
  } else {
    reset.flags |= TcpSegment::Ack;
    reset.acknowledgement = segment.sequence + segment.length();
  }
  return reset;
}

}  // namespace terrarium::netstack
