// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include "backend/egress/netstack/drop.h"
#include "backend/egress/netstack/tcpflows.h"

namespace terrarium::netstack {

/// The network that a guest sees: gets every frame it sends and every message of egress, and answers through Cable and Control.
/// Pure: no descriptors, no clock, no threads. Everything from the guest is hostile.
class Netstack {
 public:
  static constexpr int kNotesPerSecond = 5;
  /// A guest that only waits sends nothing, so the poke does not wait for it longer than this.
  static constexpr std::chrono::seconds kPokePause{1};

  Netstack(Cable& cable, Control& control, const HashKey& key)
      : control_(control), out_(cable), flows_(out_, control, key), key_(key) {}

  void receiveFrame(Bytes frame, Time now);
  /// `stream` is what came with an Accept.
  void receiveMessage(const egress::FromEgress& message, std::unique_ptr<Stream> stream, Time now);
  void egressIsGone() { flows_.resetAll(); }
  void streamReady(egress::FlowId id, bool readable, bool writable) { flows_.streamReady(id, readable, writable); }

  /// Once after each batch of events: sends what is due and looks after the timers.
  void endBatch(Time now);
  /// The cable has room again; endBatch() follows.
  void cableWritable() { static_cast<void>(out_.resume()); }
  /// Somebody is to say when the cable has room.
  [[nodiscard]] bool waitsForCable() const { return out_.isFull(); }
  /// When endBatch() is wanted although nothing happens.
  [[nodiscard]] Time deadline() const;
  [[nodiscard]] const DropCounts& drops() const { return drops_; }

 private:
  struct MessageReader;

  void receivePacket(Bytes bytes, bool toEverybody, Time now);
  void receiveTcp(const Ipv4Packet& packet, Time now);
  void receiveUdp(const Ipv4Packet& packet);
  [[nodiscard]] bool receiveDhcp(const Ipv4Packet& packet);
  void receiveOther(const Ipv4Packet& packet, Time now);
  void note(std::string_view code, Time now);
  void tellTuples();
  void poke();

  Control& control_;
  Outgoing out_;
  TcpFlows flows_;
  HashKey key_;
  DropCounts drops_;
  std::vector<egress::FlowTuple> pokes_;
  Time pokeDeadline_ = kNever;
  Time noteSecond_ = Time::min();
  int notes_ = 0;
};

}  // namespace terrarium::netstack
