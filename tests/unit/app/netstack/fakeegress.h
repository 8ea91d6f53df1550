// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <memory>

#include "tests/unit/app/netstack/runningnetstack.h"

namespace terrarium::netstack::tests {

/// Egress in the test's own thread: plays servers by port, one poll() at a time.
class FakeEgress {
 public:
  enum Port : std::uint16_t {
    Refused = 1,
    Unreachable = 2,
    ResetLater = 3,  ///< after the first bytes
    Silent = 4,      ///< accepts and never says anything
    Echo = 7,
    Discard = 9,
    Source = 19,  ///< sends kSourceBytes and ends
    Answer = 80,  ///< "ok" once the guest has ended
  };
  static constexpr std::size_t kSourceBytes = 64 * 1024 * 1024;

  explicit FakeEgress(RunningNetstack& netstack) : netstack_(netstack) {}

  /// Does what is due, waiting for it at most that long.
  void step(int milliseconds) {
    std::vector<pollfd> wanted{{netstack_.control->number(), POLLIN, 0}};
    std::vector<egress::FlowId> ids{0};
    for (const auto& [id, flow] : flows_) {
      const bool full = flow->held.size() >= kHeld;
      const bool sends = !flow->held.empty() || flow->toSend > 0;
      const auto events = (full || flow->guestEnded ? 0 : POLLIN) | (sends ? POLLOUT : 0);
      wanted.push_back({flow->stream.ours.number(), static_cast<short>(events), 0});
      ids.push_back(id);
    }
    ::poll(wanted.data(), wanted.size(), milliseconds);
    for (std::size_t i = 1; i < wanted.size(); ++i) {
      if (wanted[i].revents != 0) serve(ids[i]);
    }
    if (wanted[0].revents != 0) readMessages();
  }

  std::size_t bytesUp = 0;  ///< as Closed told them
  std::size_t bytesDown = 0;
  std::size_t received = 0;  ///< as they came
  std::size_t opened = 0;
  std::size_t closed = 0;
  std::size_t reset = 0;
  std::vector<egress::FlowTuple> tuples;  ///< of all flows that were opened

 private:
  static constexpr std::size_t kHeld = 256 * 1024;
  struct Flow {
    std::uint16_t port = 0;
    SocketPair stream{SOCK_STREAM};
    std::string held;
    std::size_t toSend = 0;
    bool guestEnded = false;
    bool ended = false;
  };

  void readMessages() {
    for (;;) {
      const auto received = netstack_.control->receive();
      if (received.step != egress::FlowSocket::Step::Message) return;
      const auto message = egress::parseFromNetstack(received.bytes);
      if (!message) std::abort();
      if (const auto* open = std::get_if<egress::Open>(&*message)) answer(*open);
      if (const auto* end = std::get_if<egress::Closed>(&*message)) {
        bytesUp += end->bytesUp;
        bytesDown += end->bytesDown;
        ++closed;
        flows_.erase(end->id);
      }
      if (std::holds_alternative<egress::Reset>(*message)) ++reset;
    }
  }

  void answer(const egress::Open& open) {
    ++opened;
    tuples.push_back(open.tuple);
    const auto port = open.tuple.peer.port;
    if (port == Refused || port == Unreachable) {
      ++closed;
      const auto how = port == Refused ? egress::Refusal::Reset : egress::Refusal::Unreachable;
      return static_cast<void>(netstack_.tell(egress::Refuse{open.id, how}));
    }
    auto flow = std::make_unique<Flow>();
    flow->port = port;
    flow->toSend = port == Source ? kSourceBytes : 0;
    static_cast<void>(netstack_.tell(egress::Accept{open.id}, flow->stream.theirs.number()));
    flow->stream.theirs.reset();
    flows_.emplace(open.id, std::move(flow));
  }

  void serve(egress::FlowId id) {
    auto& flow = *flows_.at(id);
    const int socket = flow.stream.ours.number();
    static std::string part(kHeld, '\0');
    if (flow.held.size() < kHeld && !flow.guestEnded) {
      const auto size = ::recv(socket, part.data(), kHeld - flow.held.size(), MSG_DONTWAIT);
      flow.guestEnded = size == 0;
      received += static_cast<std::size_t>(std::max<ssize_t>(size, 0));
      if (size > 0 && flow.port == Echo) flow.held.append(part, 0, static_cast<std::size_t>(size));
      if (size > 0 && flow.port == ResetLater) static_cast<void>(netstack_.tell(egress::Reset{id}));
    }
    if (flow.guestEnded && flow.port == Answer && !flow.ended) flow.held = "ok";
    if (!flow.held.empty()) {
      const auto size = ::send(socket, flow.held.data(), flow.held.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (size > 0) flow.held.erase(0, static_cast<std::size_t>(size));
    }
    if (flow.toSend > 0) {
      const auto size = ::send(socket, part.data(), std::min(part.size(), flow.toSend), MSG_DONTWAIT | MSG_NOSIGNAL);
      flow.toSend -= static_cast<std::size_t>(std::max<ssize_t>(size, 0));
    }
    const bool done = flow.port == Source ? flow.toSend == 0 : flow.guestEnded;
    if (done && flow.held.empty() && !flow.ended && flow.port != Silent) {
      flow.ended = true;
      ::shutdown(socket, SHUT_WR);
    }
  }

  RunningNetstack& netstack_;
  std::map<egress::FlowId, std::unique_ptr<Flow>> flows_;
};

}  // namespace terrarium::netstack::tests
