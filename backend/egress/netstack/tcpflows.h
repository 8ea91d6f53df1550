// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "backend/egress/netstack/control.h"
#include "backend/egress/netstack/siphash.h"
#include "backend/egress/netstack/tcpconnection.h"

namespace terrarium::netstack {

/// All TCP connections of the guest: finds the one a segment belongs to, asks egress about new ones, tells it of the end of each,
/// and keeps the limits. Owned by Netstack.
class TcpFlows {
 public:
  static constexpr std::size_t kMostFlows = 4096;
  static constexpr std::size_t kMostHalfOpen = 256;
  static constexpr std::size_t kMostTimeWait = 4096;
  /// For all buffers, besides the least that each of the two of a connection always gets: 64 MiB together.
  static constexpr std::size_t kMemory = 64 * std::size_t{1024} * 1024 - 2 * kMostFlows * RingBuffer::kLeast;

  TcpFlows(Outgoing& out, Control& control, const HashKey& key) : out_(out), control_(control), key_(key), flows_(0, Hasher{key}) {}

  enum class Received { Fine, TooMany };
  Received receive(const egress::FlowTuple& tuple, const TcpSegment& segment, Time now);

  /// A null stream is a broken promise: the flow is reset.
  void accepted(egress::FlowId id, std::unique_ptr<Stream> stream, Time now);
  void refused(const egress::Refuse& refusal, Time now);
  void reset(egress::FlowId id, Time now);
  /// Egress is gone.
  void resetAll();
  void streamReady(egress::FlowId id, bool readable, bool writable);

  /// Sends what is due of all connections that something happened to; false when the cable filled up.
  bool flush(Time now);
  void expire(Time now);
  [[nodiscard]] Time deadline() const { return deadline_; }
  /// The connections that a snapshot would take along.
  [[nodiscard]] std::vector<egress::FlowTuple> established() const;
  [[nodiscard]] bool knows(const egress::FlowTuple& tuple) const { return flows_.contains(keyOf(tuple)); }

 private:
  struct Flow {
    Flow(egress::FlowId number, const egress::FlowTuple& tuple, const TcpSegment& syn, Sequence first, MemoryBudget& budget,
         Time now)
        : id(number), connection(tuple, syn, first, budget, now) {}

    egress::FlowId id;
    TcpConnection connection;
    bool isDirty = false;
    bool isHalfOpen = true;
    bool isTold = false;  ///< egress knows that it is over
  };
  using Key = std::uint64_t;
  struct Hasher {
    HashKey key;
    std::size_t operator()(Key value) const { return sipHash(key, value, 1); }
  };

  [[nodiscard]] static Key keyOf(const egress::FlowTuple& tuple);
  [[nodiscard]] Flow* find(const egress::FlowTuple& tuple);
  [[nodiscard]] Flow* find(egress::FlowId id);
  [[nodiscard]] Received open(const egress::FlowTuple& tuple, const TcpSegment& syn, Time now);
  [[nodiscard]] Sequence firstSequence(Key key, Time now) const;
  void refuse(const egress::FlowTuple& tuple, const TcpSegment& segment);
  void markDirty(Flow& flow);
  void settle(Flow& flow);
  void tellEnd(Flow& flow);
  void remove(Flow& flow);

  Outgoing& out_;
  Control& control_;
  HashKey key_;
  MemoryBudget budget_{kMemory};
  std::unordered_map<Key, std::unique_ptr<Flow>, Hasher> flows_;
  std::unordered_map<egress::FlowId, Key> keys_;  ///< of the flows that egress knows
  std::vector<Key> dirty_;
  egress::FlowId lastId_ = 0;
  std::size_t halfOpen_ = 0;
  Time deadline_ = kNever;
};

}  // namespace terrarium::netstack
