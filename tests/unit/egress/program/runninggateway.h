// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <csignal>
#include <deque>
#include <fcntl.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <vector>

#include "backend/egress/channel/flowsocket.h"
#include "backend/egress/control/controlchannel.h"
#include "tests/unit/egress/program/testinternet.h"

namespace terrarium::egress {

/// The real gateway program between an engine and a netstack that the test plays.
class RunningGateway {
 public:
  RunningGateway() {
    auto [flows, gatewayFlows] = channel();
    auto [engine, gatewayEngine] = channel();
    netstack_ = std::make_unique<FlowSocket>(std::move(flows));
    engine_ = std::make_unique<FlowSocket>(std::move(engine), kMaxControlMessage);
    process_ = ::fork();
    if (process_ > 0) return;
    ::dup2(gatewayFlows.number(), 20);
    ::dup2(gatewayEngine.number(), 21);
    ::execl(TERRARIUM_BINARY_DIR "/bin/terrarium-egress", "terrarium-egress", "20", "21", nullptr);
    ::_exit(127);
  }
  RunningGateway(const RunningGateway&) = delete;
  RunningGateway& operator=(const RunningGateway&) = delete;
  ~RunningGateway() {
    if (!hasExited_) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
  }

  static std::pair<Descriptor, Descriptor> channel() {
    int ends[2] = {-1, -1};
    ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
  }

  void tell(const ToGateway& message, int descriptor = -1) { static_cast<void>(engine_->send(encoded(message), descriptor)); }
  void tell(const FlowMessage& message) { static_cast<void>(netstack_->send(encoded(message))); }

  /// In force when it returns true.
  bool setRules(const std::vector<std::string>& allow, const std::vector<std::string>& deny) {
    tell(SetPolicy{++version_, allow, deny});
    return until([this] { return applied == version_; });
  }
  bool begin(const std::vector<std::string>& allow, const std::vector<std::string>& deny, const std::vector<IpAddress>& host = {}) {
    tell(HostAddresses{host});
    return setRules(allow, deny);
  }

  struct Flow {
    FlowId id = 0;
    std::string answer;  ///< accepted, refused, unreachable
    bool isReset = false;
    Descriptor guest;
  };
  /// Asks for a connection and waits for the answer.
  Flow& open(const char* address, std::uint16_t port) {
    auto& flow = wish(address, port);
    until([&] { return !flow.answer.empty(); });
    return flow;
  }
  Flow& wish(const char* address, std::uint16_t port) {
    auto& flow = flows[++lastFlow_];
    flow.id = lastFlow_;
    tell(FlowMessage(Open{flow.id, {static_cast<std::uint16_t>(30000 + lastFlow_), {IpAddress::parse(address)->v4(), port}}}));
    return flow;
  }
  bool isReset(const Flow& flow) {
    return until([&] { return flow.isReset; });
  }
  /// Whether such an event comes.
  bool isTold(FlowEvent::Kind kind, const std::string& text) {
    return until([&] {
      for (const auto& event : events) {
        if (event.kind == kind && (event.reason == text || (kind == FlowEvent::Kind::Open && event.rule == text))) return true;
      }
      return false;
    });
  }
  const FlowEvent* closeOf(const Flow& flow) {
    const FlowEvent* found = nullptr;
    until([&] {
      for (const auto& event : events) {
        if (event.kind == FlowEvent::Kind::Close && event.flow == flow.id) found = &event;
      }
      return found != nullptr;
    });
    return found;
  }
  std::string datagram(FlowTuple tuple, const std::string& payload) {
    const auto before = datagrams.size() + refusedDatagrams.size();
    tell(FlowMessage(Datagram{tuple, payload}));
    if (!until([&] { return datagrams.size() + refusedDatagrams.size() > before; })) return "silence";
    return refusedDatagrams.empty() ? datagrams.back().second : "refused";
  }

  template <class Predicate>
  bool until(Predicate predicate, int milliseconds = 8000) {
    QElapsedTimer timer;
    timer.start();
    while (!predicate()) {
      const auto left = milliseconds - static_cast<int>(timer.elapsed());
      if (left <= 0) return false;
      pollfd wait[2] = {{engine_->number(), POLLIN, 0}, {netstack_->number(), POLLIN, 0}};
      if (isEngineGone) wait[0].fd = -1;
      if (isNetstackGone) wait[1].fd = -1;
      ::poll(wait, 2, std::min(left, 100));
      hearEngine();
      hearNetstack();
    }
    return true;
  }
  bool hasExited() {
    return until([this] { return hasExited_ || (hasExited_ = ::waitpid(process_, &status, WNOHANG) == process_); });
  }
  void dropEngine() { engine_ = std::make_unique<FlowSocket>(Descriptor()), isEngineGone = true; }
  /// Another netstack takes over.
  void replaceNetstack() {
    auto [ours, theirs] = channel();
    tell(NetstackStarted{}, theirs.number());
    netstack_ = std::make_unique<FlowSocket>(std::move(ours));
    isNetstackGone = false;
  }
  void dropNetstack() { netstack_ = std::make_unique<FlowSocket>(Descriptor()), isNetstackGone = true; }
  [[nodiscard]] pid_t process() const { return process_; }

  std::map<std::string, NameResolved> names;  ///< what the engine's resolver knows
  std::vector<std::string> asked;
  std::deque<FlowEvent> events;
  std::map<FlowId, Flow> flows;
  std::vector<std::pair<FlowTuple, std::string>> datagrams;
  std::vector<FlowTuple> refusedDatagrams;
  std::vector<FlowTuple> poked;
  std::optional<SavedState> saved;
  std::string refusedPolicy;
  bool isNetstackLost = false;
  std::uint64_t applied = 0;
  bool isEngineGone = false;
  bool isNetstackGone = false;
  int status = 0;

 private:
  void hearEngine() {
    while (!isEngineGone) {
      const auto received = engine_->receive();
      if (received.step == FlowSocket::Step::Empty) return;
      const auto message = received.step == FlowSocket::Step::Message ? parseFromGateway(received.bytes) : std::nullopt;
      isEngineGone = !message;
      if (message) handle(*message);
    }
  }
  void handle(const FromGateway& message) {
    if (const auto* done = std::get_if<PolicyApplied>(&message)) applied = done->version;
    if (const auto* refused = std::get_if<PolicyRefused>(&message)) refusedPolicy = refused->message;
    if (const auto* state = std::get_if<SavedState>(&message)) saved = *state;
    if (std::holds_alternative<NetstackLost>(message)) isNetstackLost = true;
    if (const auto* batch = std::get_if<FlowEvents>(&message))
      events.insert(events.end(), batch->events.begin(), batch->events.end());
    if (const auto* question = std::get_if<ResolveName>(&message)) {
      asked.push_back(question->name);
      auto answer = names.count(question->name) > 0 ? names[question->name] : NameResolved{0, ResolveOutcome::NoSuchName, {}};
      answer.id = question->id;
      tell(ToGateway(answer));
    }
  }
  void hearNetstack() {
    while (!isNetstackGone) {
      auto received = netstack_->receive();
      if (received.step == FlowSocket::Step::Empty) return;
      const auto message = received.step == FlowSocket::Step::Message ? parseFromEgress(received.bytes) : std::nullopt;
      isNetstackGone = !message;
      if (message) handle(*message, std::move(received.descriptor));
    }
  }
  void handle(const FromEgress& message, Descriptor descriptor) {
    if (const auto* accepted = std::get_if<Accept>(&message)) {
      flows[accepted->id].answer = "accepted";
      flows[accepted->id].guest = std::move(descriptor);
      // Read and written like any socket of a test.
      ::fcntl(flows[accepted->id].guest.number(), F_SETFL, 0);
    }
    if (const auto* refused = std::get_if<Refuse>(&message)) {
      flows[refused->id].answer = refused->how == Refusal::Reset ? "refused" : "unreachable";
    }
    if (const auto* reset = std::get_if<Reset>(&message)) flows[reset->id].isReset = true;
    if (const auto* datagram = std::get_if<Datagram>(&message)) datagrams.emplace_back(datagram->tuple, datagram->payload);
    if (const auto* refused = std::get_if<DatagramRefused>(&message)) refusedDatagrams.push_back(refused->tuple);
    if (const auto* poke = std::get_if<Poke>(&message)) poked = poke->list;
    if (std::holds_alternative<TuplesWanted>(message)) tell(FlowMessage(Tuples{{{30001, {0xcb007107, 443}}}}));
  }

  std::unique_ptr<FlowSocket> engine_;
  std::unique_ptr<FlowSocket> netstack_;
  pid_t process_ = -1;
  bool hasExited_ = false;
  std::uint64_t version_ = 0;
  FlowId lastFlow_ = 0;
};

}  // namespace terrarium::egress
