// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cstdint>
#include <cstdlib>

#include "tests/unit/egress/netstack/scriptedguest.h"

using namespace terrarium;
using namespace terrarium::netstack;
using namespace terrarium::netstack::tests;

namespace {

/// The input as a list of deeds: what a guest, egress and time do to a netstack.
class Deeds {
 public:
  explicit Deeds(Bytes bytes) : rest_(bytes) {}

  [[nodiscard]] bool isEmpty() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = rest_[0];
    rest_ = rest_.subspan(1);
    return value;
  }
  /// Mostly small steps, some huge ones.
  std::int32_t step() {
    const std::int64_t value = static_cast<std::int8_t>(byte());
    return static_cast<std::int32_t>(value << (byte() % 24));
  }
  Bytes piece() {
    const std::size_t wanted = byte();
    const auto size = std::min(wanted, rest_.size());
    const auto result = rest_.first(size);
    rest_ = rest_.subspan(size);
    return result;
  }

 private:
  Bytes rest_;
};

class World {
 public:
  void run(Deeds& deeds) {
    guest_.own = 0xffffff00;
    for (int i = 0; i < 400 && !deeds.isEmpty(); ++i) {
      doOne(deeds);
      lookAtFrames();
      lookAtMessages();
    }
  }

 private:
  void doOne(Deeds& deeds) {
    switch (deeds.byte() % 10) {
      case 0:
        return rawFrame(deeds);
      case 1:
        return guest_.frame(guestPacket(deeds.byte() % 2 == 0 ? kGatewayAddress : kServer, deeds.byte(), deeds.piece()));
      case 2:
        return guest_.send(guest_.syn());
      case 3:
      case 4:
        return segment(deeds);
      case 5:
        return egress(deeds);
      case 6:
        guest_.pipe->waiting.append(std::size_t{deeds.byte()} * 64, 'x');
        return guest_.serve("", deeds.byte() % 8 == 0);
      case 7:
        return guest_.makeRoom(std::size_t{deeds.byte()} * 16);
      case 8:
        guest_.tuple.guestPort = static_cast<std::uint16_t>(40000 + deeds.byte() % 3);
        return guest_.wait(std::chrono::milliseconds(deeds.byte() * 40));
      default:
        guest_.cable.room = deeds.byte() % 4 == 0 ? deeds.byte() % 4 : SIZE_MAX;
        guest_.netstack.cableWritable();
        guest_.netstack.endBatch(guest_.now);
    }
  }

  void rawFrame(Deeds& deeds) {
    const auto piece = deeds.piece();
    Frame frame(piece.begin(), piece.end());
    if (deeds.byte() % 4 != 0 && frame.size() >= 12) {
      copyBytes(frame, 0, kGatewayMac);
      copyBytes(frame, 6, kGuestMac);
    }
    guest_.frame(frame);
  }

  void segment(Deeds& deeds) {
    TcpSegment segment;
    segment.flags = deeds.byte();
    if (deeds.byte() % 4 != 0) segment.flags = TcpSegment::Ack | (segment.flags & TcpSegment::Fin);
    segment.sequence = guest_.own + static_cast<Sequence>(deeds.step());
    segment.acknowledgement = guest_.peer + static_cast<Sequence>(deeds.step());
    segment.window = static_cast<std::uint16_t>(deeds.byte() * 256);
    const std::string text(std::size_t{deeds.byte()} * 6, 'y');
    segment.payload = bytesOf(text);
    guest_.send(segment);
  }

  void egress(Deeds& deeds) {
    const auto kind = deeds.byte();
    const egress::FlowId id = kind % 2 == 0 ? guest_.id : kind / 2;
    switch (deeds.byte() % 8) {
      case 0:
        return guest_.message(egress::Refuse{id, kind % 4 == 0 ? egress::Refusal::Reset : egress::Refusal::Unreachable});
      case 1:
        return guest_.message(egress::Reset{id});
      case 2:
        return guest_.message(egress::Poke{{kWeb, {40001, {kServer, 443}}, {7, {kServer, 7}}}});
      case 3:
        return guest_.message(egress::TuplesWanted{});
      case 4:
        guest_.pipe->broken = true;
        return;
      case 5:
        guest_.message(egress::Datagram{kWeb, "text"});
        return guest_.message(egress::DatagramRefused{kWeb});
      default:
        guest_.pipe = std::make_shared<Pipe>();
        guest_.id = id;
        return guest_.accept();
    }
  }

  /// Everything that is sent is a correct frame, and the guest follows what it is told.
  void lookAtFrames() {
    while (!guest_.isQuiet()) {
      const auto frame = guest_.cable.frames.front();
      if (frame.size() < kEthernetHeader || frame.size() > kEthernetHeader + kMtu) std::abort();
      const auto reply = guest_.take();
      if (read16(frame, 12) != kIpv4Type) continue;
      const auto packet = parseIpv4(Bytes(frame).subspan(kEthernetHeader));
      if (!packet || packet->payload.size() + kMessage != frame.size()) std::abort();
      if (packet->protocol != kTcp) continue;
      if (reply.flags == 0) std::abort();
      const auto length = reply.payload.size() + (reply.is(kSyn | kAck) || reply.is(kFin | kAck) ? 1 : 0);
      guest_.peer = reply.sequence + static_cast<Sequence>(length);
      if ((reply.flags & kAck) != 0) guest_.own = reply.acknowledgement;
    }
  }

  void lookAtMessages() {
    while (!guest_.control.told.empty()) {
      const auto message = guest_.control.take();
      if (const auto* open = std::get_if<egress::Open>(&message)) guest_.id = open->id;
    }
  }

  ScriptedGuest guest_;
};

}  // namespace

// The first byte belongs to the driver.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  Deeds deeds({data + 1, size - 1});
  World().run(deeds);
  return 0;
}
