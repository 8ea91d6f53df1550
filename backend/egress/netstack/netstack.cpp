// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/netstack.h"

#include "backend/egress/netstack/arp.h"
#include "backend/egress/netstack/dhcp.h"
#include "backend/egress/netstack/icmp.h"
#include "backend/egress/netstack/udp.h"

namespace terrarium::netstack {

namespace {

bool isToMany(std::uint32_t address) {
  return address >> 28 == 0xe || address == kBroadcastAddress || address == (kGuestAddress | ~kNetmask);
}

bool canBeReached(std::uint32_t address) { return address >> 24 != 0 && address != kGuestAddress; }

}  // namespace

void Netstack::receiveFrame(Bytes frame, Time now) {
  if (!pokes_.empty()) poke();
  const auto ethernet = parseEthernet(frame);
  if (!ethernet) return drops_.count(ethernet.error());
  if (ethernet->type == kIpv4Type) return receivePacket(ethernet->payload, ethernet->toEverybody, now);
  if (auto answer = answerArp(ethernet->payload)) out_.sendSoon(std::move(*answer));
}

void Netstack::receivePacket(Bytes bytes, bool toEverybody, Time now) {
  const auto packet = parseIpv4(bytes);
  if (!packet) return drops_.count(packet.error());
  if (packet->source != kGuestAddress && packet->source != 0) return drops_.count(Drop::WrongSource);
  if (receiveDhcp(*packet)) return;
  if (packet->source != kGuestAddress) return drops_.count(Drop::WrongSource);
  if (toEverybody || isToMany(packet->destination)) return drops_.count(Drop::Multicast);
  if (!canBeReached(packet->destination)) return drops_.count(Drop::WrongTarget);
  switch (packet->protocol) {
    case kTcp:
      return receiveTcp(*packet, now);
    case kUdp:
      return receiveUdp(*packet);
    default:
      return receiveOther(*packet, now);
  }
}

void Netstack::receiveTcp(const Ipv4Packet& packet, Time now) {
  const auto parsed = parseTcp(packet);
  if (!parsed) return drops_.count(Drop::BadSegment);
  if (flows_.receive(parsed->tuple, parsed->segment, now) == TcpFlows::Received::TooMany) note("flow-limit", now);
}

bool Netstack::receiveDhcp(const Ipv4Packet& packet) {
  if (packet.destination != kBroadcastAddress && packet.destination != kGatewayAddress) return false;
  const auto datagram = parseUdp(packet);
  if (!datagram || datagram->tuple.guestPort != 68 || datagram->tuple.peer.port != 67) return false;
  const auto& payload = datagram->payload;
  if (auto answer = answerDhcp({reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size()})) {
    out_.sendSoon(std::move(*answer));
  }
  return true;
}

void Netstack::receiveUdp(const Ipv4Packet& packet) {
  const auto datagram = parseUdp(packet);
  if (!datagram) return drops_.count(Drop::BadDatagram);
  if (control_.offer(*datagram) == Control::Offered::Gone) out_.sendSoon(udpRefusal(datagram->tuple));
}

void Netstack::receiveOther(const Ipv4Packet& packet, Time now) {
  if (auto answer = answerEcho(packet)) return out_.sendSoon(std::move(*answer));
  note(packet.protocol == kIcmp ? "icmp" : "protocol-" + std::to_string(packet.protocol), now);
}

void Netstack::note(std::string_view code, Time now) {
  if (now >= noteSecond_ + std::chrono::seconds(1)) {
    noteSecond_ = now;
    notes_ = 0;
  }
  if (++notes_ <= kNotesPerSecond) static_cast<void>(control_.offer(egress::Note{code}));
}

struct Netstack::MessageReader {
  Netstack& netstack;
  std::unique_ptr<Stream> stream;
  Time now;

  void operator()(const egress::Accept& accept) { netstack.flows_.accepted(accept.id, std::move(stream), now); }
  void operator()(const egress::Refuse& refusal) { netstack.flows_.refused(refusal, now); }
  void operator()(const egress::Reset& reset) { netstack.flows_.reset(reset.id, now); }
  void operator()(const egress::Datagram& datagram) {
    if (auto frame = udpFrame(datagram)) netstack.out_.sendSoon(std::move(*frame));
  }
  void operator()(const egress::DatagramRefused& refused) { netstack.out_.sendSoon(udpRefusal(refused.tuple)); }
  void operator()(const egress::Poke& poke) {
    netstack.pokes_ = poke.list;
    netstack.pokeDeadline_ = now + kPokePause;
  }
  void operator()(const egress::TuplesWanted&) { netstack.tellTuples(); }
};

void Netstack::receiveMessage(const egress::FromEgress& message, std::unique_ptr<Stream> stream, Time now) {
  std::visit(MessageReader{*this, std::move(stream), now}, message);
}

void Netstack::tellTuples() {
  egress::Tuples tuples{flows_.established()};
  // Those that have not heard yet that they died would die with the next snapshot, too.
  tuples.list.insert(tuples.list.end(), pokes_.begin(), pokes_.end());
  control_.tell(tuples);
}

/// A confirmation with numbers that make no sense: the guest answers with its own, which belong to no connection here, and that is
/// answered with a reset.
void Netstack::poke() {
  TcpSegment segment;
  segment.flags = TcpSegment::Ack;
  segment.window = 0xffff;
  for (const auto& tuple : std::exchange(pokes_, {})) {
    if (flows_.knows(tuple)) continue;
    const auto noise = sipHash(key_, std::uint64_t{tuple.peer.address} << 32 | tuple.guestPort, tuple.peer.port);
    segment.sequence = static_cast<Sequence>(noise);
    segment.acknowledgement = static_cast<Sequence>(noise >> 32);
    out_.sendSoon(tuple, segment);
  }
}

void Netstack::endBatch(Time now) {
  if (!out_.isFull()) flows_.expire(now);
  if (!pokes_.empty() && now >= pokeDeadline_) poke();
  flows_.flush(now);
}

Time Netstack::deadline() const {
  // While the cable is full (a machine that stands still) the guest cannot answer, so it is not late.
  return std::min(out_.isFull() ? kNever : flows_.deadline(), pokes_.empty() ? kNever : pokeDeadline_);
}

}  // namespace terrarium::netstack
