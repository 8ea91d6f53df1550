// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/dhcp.h"

#include <algorithm>

#include "backend/egress/netstack/udp.h"

namespace terrarium::netstack {

namespace {

constexpr std::size_t kOptions = 240;
constexpr std::size_t kShortestReply = 300;  // some clients drop less (RFC 1542)
constexpr std::uint32_t kCookie = 0x63825363;
constexpr std::uint16_t kServerPort = 67;
constexpr std::uint16_t kClientPort = 68;

enum Message : std::uint8_t { kDiscover = 1, kOffer = 2, kRequest = 3, kAck = 5, kNak = 6, kInform = 8 };
enum Option : std::uint8_t {
  kPad = 0,
  kMask = 1,
  kRouter = 3,
  kResolver = 6,
  kMtuOption = 26,
  kRequestedAddress = 50,
  kLease = 51,
  kType = 53,
  kServer = 54,
  kEnd = 255,
};

std::optional<Bytes> option(Bytes message, std::uint8_t wanted) {
  for (std::size_t at = kOptions; at < message.size() && message[at] != kEnd;) {
    if (message[at] == kPad) {
      ++at;
      continue;
    }
    if (message.size() - at < 2 || message.size() - at - 2 < message[at + 1]) return std::nullopt;
    if (message[at] == wanted) return message.subspan(at + 2, message[at + 1]);
    at += 2 + std::size_t{message[at + 1]};
  }
  return std::nullopt;
}

std::optional<std::uint32_t> addressOption(Bytes message, std::uint8_t wanted) {
  const auto found = option(message, wanted);
  if (!found || found->size() != 4) return std::nullopt;
  return read32(*found, 0);
}

/// What the client says it will use; another address than ours is refused.
bool wantsOurAddress(Bytes message) {
  const auto address = addressOption(message, kRequestedAddress).value_or(read32(message, 12));
  return address == kGuestAddress;
}

std::optional<std::uint8_t> replyTo(Bytes message) {
  const auto type = option(message, kType);
  if (!type || type->size() != 1) return std::nullopt;
  const auto server = addressOption(message, kServer);
  if (server && *server != kGatewayAddress) return std::nullopt;
  switch ((*type)[0]) {
    case kDiscover:
      return kOffer;
    case kRequest:
      return wantsOurAddress(message) ? kAck : kNak;
    case kInform:
      return kAck;
    default:
      return std::nullopt;
  }
}

void appendAddress(std::vector<std::uint8_t>& out, std::uint8_t code, std::uint32_t value) {
  const auto at = out.size();
  out.resize(at + 6);
  out[at] = code;
  out[at + 1] = 4;
  write32(out, at + 2, value);
}

}  // namespace

std::optional<std::vector<std::uint8_t>> answerDhcp(Bytes message) {
  const bool fromClient = message.size() >= kOptions && message[0] == 1 && message[1] == 1 && message[2] == 6;
  if (!fromClient || read32(message, 236) != kCookie) return std::nullopt;
  if (!std::equal(kGuestMac.begin(), kGuestMac.end(), message.begin() + 28)) return std::nullopt;
  const auto type = replyTo(message);
  if (!type) return std::nullopt;

  std::vector<std::uint8_t> reply(kOptions);
  copyBytes(reply, 0, message.first(28));  // hardware, transaction, flags, the client's address
  reply[0] = 2;
  write16(reply, 8, 0);
  if (*type == kNak) write32(reply, 12, 0);
  const bool lends = *type != kNak && (*option(message, kType))[0] != kInform;
  write32(reply, 16, lends ? kGuestAddress : 0);
  write32(reply, 20, 0);
  write32(reply, 24, 0);
  copyBytes(reply, 28, message.subspan(28, 16));
  write32(reply, 236, kCookie);
  reply.insert(reply.end(), {kType, 1, *type});
  appendAddress(reply, kServer, kGatewayAddress);
  if (lends) appendAddress(reply, kLease, 0xffffffff);
  if (*type != kNak) {
    appendAddress(reply, kMask, kNetmask);
    appendAddress(reply, kRouter, kGatewayAddress);
    appendAddress(reply, kResolver, kGatewayAddress);
    reply.insert(reply.end(), {kMtuOption, 2, kMtu >> 8, kMtu & 0xff});
  }
  reply.push_back(kEnd);
  reply.resize(std::max(reply.size(), kShortestReply));
  return udpFrame({kGatewayAddress, kServerPort}, {kBroadcastAddress, kClientPort}, reply);
}

}  // namespace terrarium::netstack
