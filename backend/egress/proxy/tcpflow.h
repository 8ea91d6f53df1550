// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backend/egress/proxy/dialler.h"
#include "backend/egress/proxy/dnsstream.h"
#include "backend/egress/proxy/flowcontext.h"
#include "backend/egress/proxy/httpgate.h"
#include "backend/egress/proxy/namepeek.h"
#include "backend/egress/proxy/splice.h"

namespace terrarium::egress {

/// One TCP connection of the guest, from its wish to its end: judged by address, or by the name that it says; dialled before the
/// guest hears anything where the address alone decides. Belongs to the gateway.
class TcpFlow {
 public:
  static constexpr auto kPeekPatience = std::chrono::seconds(5);
  static constexpr auto kIdle = std::chrono::hours(2);
  static constexpr auto kHalfClosed = std::chrono::minutes(5);
  static constexpr auto kAnnounce = std::chrono::seconds(1);
  static constexpr std::size_t kMaxGreeting = std::size_t{64} * 1024;

  TcpFlow(FlowContext& context, const Open& open);
  TcpFlow(const TcpFlow&) = delete;
  TcpFlow& operator=(const TcpFlow&) = delete;
  ~TcpFlow();

  void begin();
  /// Refuses without asking the rules.
  void refuse(const Judgement& judged);
  /// Rules, or this computer's addresses, have changed.
  void rejudge();
  /// The guest's end is broken.
  void guestReset();
  /// The guest's end is gone in good order.
  void guestClosed();
  /// Once in a while, for everything that takes too long.
  void tick();

 private:
  enum class State { New, Peeking, Resolving, Dialling, Spliced, NameService, Over };
  [[nodiscard]] bool isHalfOpen() const { return state_ < State::Spliced; }

  void enter(State state);
  [[nodiscard]] bool acceptGuest();
  void beginNameService();
  void beginPeek();
  void peek();
  void judgeName();
  void rejudgePeek();
  void resolve();
  void resolved(const Resolution& resolution);
  void dial(std::vector<IpAddress> addresses);
  void dialled(Dialler::Outcome outcome);
  void beginSplice(Descriptor server);
  void sniff(std::string& unjudged, std::string& passed);
  void spliceEnded(Splice::End how);

  void announce();
  void tell(FlowEvent::Kind kind, const std::string& rule, const std::string& reason);
  void deny(const Judgement& judged);
  void fail(const std::string& reason, bool isUnreachable);
  /// Breaks the guest's connection, or refuses it.
  void breakGuest(Refusal how);
  void end();

  FlowContext& context_;
  FlowId id_;
  std::uint16_t port_;
  IpAddress address_;  ///< the one the guest chose, then the one that was dialled
  State state_ = State::New;
  EventLoop::Time begun_;
  bool isAccepted_ = false;
  bool isAnnounced_ = false;
  std::string rule_;
  std::string allowedName_;  ///< by which it was allowed, if by one
  std::string seenName_;     ///< what it says of its host where that decides nothing
  std::string greeting_;
  Descriptor guest_;
  NamePeek peek_;
  std::optional<HttpGate> gate_;
  std::unique_ptr<Dialler> dialler_;
  std::unique_ptr<Splice> splice_;
  std::unique_ptr<DnsStream> dns_;
  std::shared_ptr<TcpFlow*> self_;  ///< names may be resolved when there is no flow any more
};

}  // namespace terrarium::egress
