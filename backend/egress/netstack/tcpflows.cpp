// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/tcpflows.h"

#include <algorithm>

#include "backend/egress/netstack/icmp.h"

namespace terrarium::netstack {

namespace {

/// All connections are looked through when one is due, so not more often than this.
constexpr std::chrono::milliseconds kGrain{10};

bool isHalfOpen(TcpConnection::State state) {
  return state == TcpConnection::State::Asked || state == TcpConnection::State::Answered;
}

}  // namespace

TcpFlows::Key TcpFlows::keyOf(const egress::FlowTuple& tuple) {
  return Key{tuple.peer.address} << 32 | Key{tuple.peer.port} << 16 | tuple.guestPort;
}

TcpFlows::Flow* TcpFlows::find(const egress::FlowTuple& tuple) {
  const auto found = flows_.find(keyOf(tuple));
  return found == flows_.end() ? nullptr : found->second.get();
}

TcpFlows::Flow* TcpFlows::find(egress::FlowId id) {
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : flows_.at(found->second).get();
}

/// RFC 6528: a clock of 4 microseconds and what nobody outside can know.
Sequence TcpFlows::firstSequence(Key key, Time now) const {
  const auto ticks = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count() / 4;
  return static_cast<Sequence>(sipHash(key_, key, 0)) + static_cast<Sequence>(ticks);
}

TcpFlows::Received TcpFlows::receive(const egress::FlowTuple& tuple, const TcpSegment& segment, Time now) {
  const bool opens = segment.has(TcpSegment::Syn) && !segment.has(TcpSegment::Ack);
  auto* flow = find(tuple);
  if (flow != nullptr && opens) {
    // The guest used its port anew.
    const auto state = flow->connection.state();
    const bool over = state == TcpConnection::State::TimeWait;
    if (over || (isHalfOpen(state) && !flow->connection.beganWith(segment))) {
      if (!flow->isTold) control_.tell(egress::Reset{flow->id});
      remove(*flow);
      flow = nullptr;
    }
  }
  if (flow == nullptr) {
    if (opens) return open(tuple, segment, now);
    refuse(tuple, segment);
    return Received::Fine;
  }
  if (const auto answer = flow->connection.receive(segment, now)) out_.sendSoon(tuple, *answer);
  markDirty(*flow);
  settle(*flow);
  return Received::Fine;
}

TcpFlows::Received TcpFlows::open(const egress::FlowTuple& tuple, const TcpSegment& syn, Time now) {
  if (keys_.size() >= kMostFlows || halfOpen_ >= kMostHalfOpen) {
    refuse(tuple, syn);
    return Received::TooMany;
  }
  const auto id = ++lastId_;
  switch (control_.offer(egress::Open{id, tuple})) {
    case Control::Offered::Full:
      return Received::Fine;  // the guest sends its SYN again
    case Control::Offered::Gone:
      refuse(tuple, syn);
      return Received::Fine;
    case Control::Offered::Taken:
      break;
  }
  const auto key = keyOf(tuple);
  auto flow = std::make_unique<Flow>(id, tuple, syn, firstSequence(key, now), budget_, now);
  deadline_ = std::min(deadline_, flow->connection.deadline());
  flows_.emplace(key, std::move(flow));
  keys_.emplace(id, key);
  ++halfOpen_;
  return Received::Fine;
}

void TcpFlows::refuse(const egress::FlowTuple& tuple, const TcpSegment& segment) {
  if (const auto reset = resetFor(segment)) out_.sendSoon(tuple, *reset);
}

void TcpFlows::accepted(egress::FlowId id, std::unique_ptr<Stream> stream, Time now) {
  auto* flow = find(id);
  if (flow == nullptr) return;
  if (!stream) return reset(id, now);
  flow->connection.accept(std::move(stream), now);
  markDirty(*flow);
}

void TcpFlows::refused(const egress::Refuse& refusal, Time now) {
  auto* flow = find(refusal.id);
  if (flow == nullptr) return;
  if (flow->connection.state() != TcpConnection::State::Asked) return reset(refusal.id, now);
  const auto& tuple = flow->connection.tuple();
  if (refusal.how == egress::Refusal::Reset) {
    out_.sendSoon(tuple, flow->connection.reset());
  } else {
    out_.sendSoon(unreachable(Unreachable::Host, tuple.peer.address, kTcp, flow->connection.quotedSyn()));
  }
  flow->isTold = true;
  keys_.erase(flow->id);
  remove(*flow);
}

void TcpFlows::reset(egress::FlowId id, Time now) {
  auto* flow = find(id);
  if (flow == nullptr) return;
  // What came before the break still reaches the guest, as far as its window allows.
  flow->connection.streamReady(true, false);
  if (flow->connection.state() == TcpConnection::State::Open) static_cast<void>(flow->connection.output(out_, now));
  out_.sendSoon(flow->connection.tuple(), flow->connection.reset());
  remove(*flow);
}

void TcpFlows::resetAll() {
  for (const auto& [key, flow] : flows_) {
    if (!flow->isTold) out_.sendSoon(flow->connection.tuple(), flow->connection.reset());
  }
  flows_.clear();
  keys_.clear();
  dirty_.clear();
  halfOpen_ = 0;
  deadline_ = kNever;
}

void TcpFlows::streamReady(egress::FlowId id, bool readable, bool writable) {
  auto* flow = find(id);
  if (flow == nullptr) return;
  flow->connection.streamReady(readable, writable);
  markDirty(*flow);
}

void TcpFlows::markDirty(Flow& flow) {
  if (flow.isDirty) return;
  flow.isDirty = true;
  dirty_.push_back(keyOf(flow.connection.tuple()));
}

bool TcpFlows::flush(Time now) {
  std::size_t done = 0;
  bool room = !out_.isFull();
  for (; done < dirty_.size() && room; ++done) {
    const auto found = flows_.find(dirty_[done]);
    if (found == flows_.end()) continue;
    auto& flow = *found->second;
    room = flow.connection.output(out_, now);
    if (!room) break;
    flow.isDirty = false;
    settle(flow);
  }
  dirty_.erase(dirty_.begin(), dirty_.begin() + static_cast<std::ptrdiff_t>(done));
  return room;
}

void TcpFlows::expire(Time now) {
  if (now < deadline_) return;
  std::vector<Flow*> due;
  deadline_ = kNever;
  for (const auto& [key, flow] : flows_) {
    const auto deadline = flow->connection.deadline();
    if (deadline <= now) {
      due.push_back(flow.get());
    } else {
      deadline_ = std::min(deadline_, std::max(deadline, now + kGrain));
    }
  }
  for (auto* flow : due) {
    flow->connection.expire(now);
    markDirty(*flow);
    settle(*flow);
  }
}

/// After everything that happened to a connection: counts it anew, tells of its end, removes it. The flow may be gone afterwards.
void TcpFlows::settle(Flow& flow) {
  auto& connection = flow.connection;
  const auto state = connection.state();
  if (flow.isHalfOpen && !isHalfOpen(state)) {
    flow.isHalfOpen = false;
    --halfOpen_;
  }
  deadline_ = std::min(deadline_, connection.deadline());
  if (connection.end() == TcpConnection::End::None) return;
  if (!flow.isTold) {
    if (connection.end() == TcpConnection::End::Broken) out_.sendSoon(connection.tuple(), connection.reset());
    if (connection.end() != TcpConnection::End::Finished) control_.tell(egress::Reset{flow.id});
    tellEnd(flow);
  }
  const bool waits = state == TcpConnection::State::TimeWait && flows_.size() - keys_.size() <= kMostTimeWait;
  if (!waits) remove(flow);
}

void TcpFlows::tellEnd(Flow& flow) {
  flow.isTold = true;
  keys_.erase(flow.id);
  control_.tell(egress::Closed{flow.id, flow.connection.bytesUp(), flow.connection.bytesDown()});
}

void TcpFlows::remove(Flow& flow) {
  if (!flow.isTold) tellEnd(flow);
  if (flow.isHalfOpen) --halfOpen_;
  flows_.erase(keyOf(flow.connection.tuple()));
}

std::vector<egress::FlowTuple> TcpFlows::established() const {
  std::vector<egress::FlowTuple> tuples;
  for (const auto& [id, key] : keys_) {
    const auto& connection = flows_.at(key)->connection;
    if (connection.state() == TcpConnection::State::Open) tuples.push_back(connection.tuple());
  }
  return tuples;
}

}  // namespace terrarium::netstack
