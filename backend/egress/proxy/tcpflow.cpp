// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/proxy/tcpflow.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>

namespace terrarium::egress {

namespace {
constexpr std::uint16_t kDnsPort = 53;
}

TcpFlow::TcpFlow(FlowContext& context, const Open& open)
    : context_(context),
      id_(open.id),
      port_(open.tuple.peer.port),
      address_(IpAddress::v4(open.tuple.peer.address)),
      begun_(context.loop.now()),
      self_(std::make_shared<TcpFlow*>(this)) {
  ++context_.halfOpen;
}

TcpFlow::~TcpFlow() {
  enter(State::Over);
  context_.loop.unwatch(guest_.number());
}

void TcpFlow::enter(State state) {
  const bool wasHalfOpen = isHalfOpen();
  state_ = state;
  if (wasHalfOpen && !isHalfOpen()) --context_.halfOpen;
}

void TcpFlow::begin() {
  if (port_ == kDnsPort) return beginNameService();
  const auto judged = context_.judge.tcp(address_, port_, begun_);
  if (judged.outcome == Outcome::Deny) return deny(judged);
  if (judged.outcome == Outcome::NeedsName) return beginPeek();
  rule_ = judged.rule;
  allowedName_ = judged.host;
  if (Pins::mayBeAlias(address_)) return resolve();
  dial({address_});
}

void TcpFlow::refuse(const Judgement& judged) { deny(judged); }

bool TcpFlow::acceptGuest() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) {
    deny({Outcome::Deny, kGatewayLimit, "the gateway has no room for another connection"});
    return false;
  }
  guest_.reset(ends[0]);
  isAccepted_ = true;
  context_.tellNetstack(Accept{id_}, Descriptor(ends[1]));
  return true;
}

void TcpFlow::beginNameService() {
  if (!acceptGuest()) return;
  enter(State::NameService);
  dns_ = std::make_unique<DnsStream>(context_.loop, context_.dns, std::move(guest_), [this] { end(); });
}

void TcpFlow::beginPeek() {
  if (!acceptGuest()) return;
  enter(State::Peeking);
  context_.loop.watch(guest_.number(), [this](std::uint32_t) { peek(); });
}

void TcpFlow::peek() {
  std::array<char, std::size_t{16} * 1024> portion;
  while (state_ == State::Peeking) {
    const auto count = ::recv(guest_.number(), portion.data(), portion.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) return guestReset();
    if (count == 0) return deny({Outcome::Deny, kImplicitDeny, "no rule allows " + address_.text() + ", and it named no host"});
    const std::string_view bytes(portion.data(), static_cast<std::size_t>(count));
    greeting_.append(bytes);
    const auto step = peek_.feed(bytes);
    if (step == NamePeek::Step::Done) return judgeName();
    if (step == NamePeek::Step::Bad || greeting_.size() > kMaxGreeting) {
      return deny({Outcome::Deny, kProtocol, "no rule allows " + address_.text() + ", and " + peek_.reason()});
    }
  }
}

void TcpFlow::judgeName() {
  context_.loop.unwatch(guest_.number());
  const auto judged = context_.judge.name(peek_.name());
  allowedName_ = peek_.name();
  if (judged.outcome != Outcome::Allow) return deny(judged);
  rule_ = judged.rule;
  resolve();
}

void TcpFlow::resolve() {
  enter(State::Resolving);
  context_.resolver.resolve(allowedName_, context_.loop.now(), [self = std::weak_ptr(self_)](const Resolution& resolution) {
    if (const auto flow = self.lock()) (*flow)->resolved(resolution);
  });
}

void TcpFlow::resolved(const Resolution& resolution) {
  if (state_ != State::Resolving) return;
  if (resolution.outcome == ResolveOutcome::NoSuchName) return fail("there is no host " + allowedName_, false);
  if (resolution.outcome == ResolveOutcome::Failed || resolution.addresses.empty()) {
    return fail("the name " + allowedName_ + " could not be resolved", false);
  }
  std::vector<IpAddress> addresses;
  Judgement blocked;
  for (const auto& address : resolution.addresses) {
    const auto judged = context_.judge.target(address, allowedName_);
    if (judged.outcome == Outcome::Allow) {
      addresses.push_back(address);
    } else {
      blocked = judged;
    }
  }
  if (addresses.empty()) return deny(blocked);
  std::stable_partition(addresses.begin(), addresses.end(), [](const auto& address) { return address.isV4(); });
  dial(std::move(addresses));
}

void TcpFlow::dial(std::vector<IpAddress> addresses) {
  enter(State::Dialling);
  dialler_ =
      std::make_unique<Dialler>(context_.loop, context_.judge, [this](Dialler::Outcome outcome) { dialled(std::move(outcome)); });
  dialler_->dial(std::move(addresses), port_);
}

void TcpFlow::dialled(Dialler::Outcome outcome) {
  if (state_ != State::Dialling) return;
  address_ = outcome.address;
  if (!outcome.socket.isOpen()) return fail(address_.text() + " " + outcome.reason, outcome.isUnreachable);
  if (!isAccepted_ && !acceptGuest()) return;
  beginSplice(std::move(outcome.socket));
}

void TcpFlow::beginSplice(Descriptor server) {
  enter(State::Spliced);
  splice_ = std::make_unique<Splice>(context_.loop, std::move(guest_), std::move(server), std::exchange(greeting_, {}),
                                     [this](Splice::End how) { spliceEnded(how); });
  if (peek_.isHttp()) {
    gate_.emplace(allowedName_);
    splice_->setGate([this](std::string& unjudged, std::string& passed) { return gate_->admit(unjudged, passed); });
    splice_->setListener([this](std::string_view bytes) { gate_->hear(bytes); });
  }
  if (allowedName_.empty() && Judge::saysItsHost(port_)) {
    splice_->setGate([this](std::string& unjudged, std::string& passed) {
      sniff(unjudged, passed);
      return true;
    });
  } else {
    announce();
  }
  splice_->begin();
}

void TcpFlow::sniff(std::string& unjudged, std::string& passed) {
  const auto step = peek_.feed(unjudged);
  passed.append(std::exchange(unjudged, {}));
  if (step == NamePeek::Step::NeedMore) return;
  seenName_ = peek_.name();
  splice_->dropGate();
  announce();
}

void TcpFlow::spliceEnded(Splice::End how) {
  if (state_ == State::Over) return;
  switch (how) {
    case Splice::End::Finished:
      return end();
    case Splice::End::GuestGone:
      return guestReset();
    case Splice::End::ServerReset:
      breakGuest(Refusal::Reset);
      return end();
    case Splice::End::Refused:
      return deny({Outcome::Deny, kProtocol, gate_->reason()});
  }
}

void TcpFlow::rejudge() {
  if (state_ == State::Peeking) return rejudgePeek();
  Judgement judged{Outcome::Allow, rule_, {}};
  const bool isByName = !peek_.name().empty() || Pins::mayBeAlias(address_);
  if (state_ == State::Resolving || (state_ == State::Dialling && isByName)) {
    judged = peek_.name().empty() ? context_.judge.lookup(allowedName_) : context_.judge.name(allowedName_);
  } else if (state_ == State::Dialling || state_ == State::Spliced) {
    judged = context_.judge.open(address_, port_, allowedName_, context_.loop.now());
  }
  if (judged.outcome != Outcome::Allow) return deny(judged);
  rule_ = judged.rule;
}

void TcpFlow::rejudgePeek() {
  const auto judged = context_.judge.tcp(address_, port_, context_.loop.now());
  if (judged.outcome == Outcome::NeedsName) return;
  if (judged.outcome == Outcome::Deny) return deny(judged);
  // The name has no part in it any more.
  context_.loop.unwatch(guest_.number());
  peek_ = {};
  rule_ = judged.rule;
  dial({address_});
}

void TcpFlow::guestReset() {
  if (splice_) splice_->abort();
  end();
}

void TcpFlow::guestClosed() {
  // What it has said before is still on its way.
  if (state_ != State::Spliced && state_ != State::NameService) end();
}

void TcpFlow::tick() {
  const auto now = context_.loop.now();
  const auto age = now - begun_;
  if (state_ == State::Peeking && age >= kPeekPatience) {
    return deny({Outcome::Deny, kImplicitDeny, "no rule allows " + address_.text() + ", and it named no host within 5 seconds"});
  }
  if (state_ == State::Dialling) return dialler_->tick();
  if (state_ == State::NameService && now - dns_->lastUse() >= DnsStream::kIdle) return end();
  if (state_ != State::Spliced) return;
  if (age >= kAnnounce) announce();
  const auto idle = now - splice_->lastUse();
  if (idle < kIdle && (idle < kHalfClosed || !splice_->isHalfClosed())) return;
  splice_->abort();
  breakGuest(Refusal::Reset);
  end();
}

void TcpFlow::announce() {
  if (!std::exchange(isAnnounced_, true)) tell(FlowEvent::Kind::Open, rule_, {});
}

void TcpFlow::tell(FlowEvent::Kind kind, const std::string& rule, const std::string& reason) {
  FlowEvent event;
  event.kind = kind;
  event.flow = id_;
  event.protocol = FlowEvent::Protocol::Tcp;
  event.host = allowedName_.empty() ? seenName_ : allowedName_;
  event.address = address_;
  event.port = port_;
  event.rule = rule;
  event.reason = reason;
  if (splice_ && kind == FlowEvent::Kind::Close) {
    event.bytesSent = splice_->bytesFromGuest();
    event.bytesReceived = splice_->bytesFromServer();
  }
  context_.log.add(std::move(event), context_.loop.now());
}

void TcpFlow::deny(const Judgement& judged) {
  if (state_ == State::Over) return;
  if (!judged.host.empty()) allowedName_ = judged.host;
  tell(FlowEvent::Kind::Deny, judged.rule, judged.reason);
  if (splice_) splice_->abort();
  breakGuest(Refusal::Reset);
  end();
}

void TcpFlow::fail(const std::string& reason, bool isUnreachable) {
  tell(FlowEvent::Kind::Fail, rule_, reason);
  breakGuest(isUnreachable ? Refusal::Unreachable : Refusal::Reset);
  end();
}

void TcpFlow::breakGuest(Refusal how) {
  if (!isAccepted_) return context_.tellNetstack(Refuse{id_, how}, Descriptor());
  context_.tellNetstack(Reset{id_}, Descriptor());
  context_.loop.unwatch(guest_.number());
  context_.keepBroken(id_, splice_ ? splice_->takeGuest() : std::move(guest_));
}

void TcpFlow::end() {
  if (state_ == State::Over) return;
  if (state_ == State::Spliced) {
    announce();
    tell(FlowEvent::Kind::Close, rule_, {});
  }
  enter(State::Over);
  if (splice_) splice_->stop();
  if (dialler_) dialler_->cancel();
  context_.over(id_);
}

}  // namespace terrarium::egress
