// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/arp.h"

#include <algorithm>

#include "backend/egress/netstack/packet.h"

namespace terrarium::netstack {

namespace {

constexpr std::size_t kLength = 28;
constexpr std::uint16_t kRequest = 1;
constexpr std::uint16_t kReply = 2;

}  // namespace

std::optional<std::vector<std::uint8_t>> answerArp(Bytes question) {
  if (question.size() < kLength) return std::nullopt;
  const bool ethernetAndIpv4 = read16(question, 0) == 1 && read16(question, 2) == kIpv4Type && question[4] == 6 && question[5] == 4;
  if (!ethernetAndIpv4 || read16(question, 6) != kRequest) return std::nullopt;
  const auto asked = read32(question, 24);
  const auto asker = read32(question, 14);
  // 0 asks whether an address is taken: only the guest's own is free for it.
  if (asked == kGuestAddress || asked == 0 || (asker != kGuestAddress && asker != 0)) return std::nullopt;
  if (!std::equal(kGuestMac.begin(), kGuestMac.end(), question.begin() + 8)) return std::nullopt;

  std::vector<std::uint8_t> frame(kEthernetHeader + kLength);
  writeEthernetHeader(frame, kArpType);
  const auto answer = Space(frame).subspan(kEthernetHeader);
  copyBytes(answer, 0, question.first(6));
  write16(answer, 6, kReply);
  copyBytes(answer, 8, kGatewayMac);
  write32(answer, 14, asked);
  copyBytes(answer, 18, kGuestMac);
  write32(answer, 24, asker);
  return frame;
}

}  // namespace terrarium::netstack
