// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/tcpconnection.h"

#include <algorithm>

namespace terrarium::netstack {

namespace {

constexpr std::uint8_t kShift = 8;
constexpr std::uint16_t kWindowWithoutScale = 65535;
constexpr std::uint16_t kOwnMss = kMtu - kIpv4Header - kTcpHeader;
constexpr std::uint16_t kUsualMss = 536;  // of a guest that does not say (RFC 9293, 3.7.1)
constexpr std::uint16_t kLeastMss = 88;   // less would only cost time

std::uint16_t mssOf(const TcpSegment& syn) { return std::clamp(syn.mss.value_or(kUsualMss), kLeastMss, kOwnMss); }

}  // namespace

TcpConnection::TcpConnection(const egress::FlowTuple& tuple, const TcpSegment& syn, Sequence first, MemoryBudget& budget, Time now)
    : tuple_(tuple),
      budget_(budget),
      guestFirst_(syn.sequence),
      ownFirst_(first),
      mss_(mssOf(syn)),
      guestShift_(syn.windowScale),
      receiver_(budget, syn.sequence + 1, syn.windowScale ? RingBuffer::kMost : kWindowWithoutScale, syn.windowScale ? kShift : 0),
      lastHeard_(now),
      lastChallenge_(now - kChallengePause) {}

void TcpConnection::accept(std::unique_ptr<Stream> stream, Time now) {
  if (state_ != State::Asked) return;
  stream_ = std::move(stream);
  state_ = State::Answered;
  synAckDue_ = true;
  lastHeard_ = now;
}

std::optional<TcpSegment> TcpConnection::receive(const TcpSegment& segment, Time now) {
  switch (state_) {
    case State::Asked:
      return receiveAsked(segment);
    case State::Answered:
      return receiveAnswered(segment, now);
    case State::Open:
      return receiveOpen(segment, now);
    case State::TimeWait:
      if (segment.has(TcpSegment::Rst) || segment.length() == 0) return std::nullopt;
      return challenge(now);
    case State::Closed:
      break;
  }
  return std::nullopt;
}

/// The guest has been told nothing yet, so it can only give up; SYNs that are sent again mean the same as the first.
std::optional<TcpSegment> TcpConnection::receiveAsked(const TcpSegment& segment) {
  const bool givesUp = segment.has(TcpSegment::Rst) && (segment.sequence == guestFirst_ || segment.sequence == guestFirst_ + 1);
  if (givesUp) close(End::ByGuest);
  return std::nullopt;
}

std::optional<TcpSegment> TcpConnection::receiveAnswered(const TcpSegment& segment, Time now) {
  if (segment.has(TcpSegment::Rst)) {
    if (segment.sequence == receiver_.next()) close(End::ByGuest);
    return std::nullopt;
  }
  if (segment.has(TcpSegment::Syn)) {
    if (!segment.has(TcpSegment::Ack) && beganWith(segment)) synAckDue_ = true;
    return std::nullopt;
  }
  if (!segment.has(TcpSegment::Ack)) return std::nullopt;
  if (segment.acknowledgement != ownFirst_ + 1) return resetFor(segment);
  if (!receiver_.isAcceptable(segment.sequence, segment.length())) return challenge(now);
  state_ = State::Open;
  synAckDue_ = false;
  synAckDeadline_ = kNever;
  const auto window = std::uint32_t{segment.window} << guestShift_.value_or(0);
  sender_.emplace(budget_, ownFirst_ + 1, mss_, TcpSender::Confirmation{segment.sequence, segment.acknowledgement, window, true});
  return receiveOpen(segment, now);
}

/// RFC 9293, 3.10.7.4 with the stricter checks of RFC 5961.
std::optional<TcpSegment> TcpConnection::receiveOpen(const TcpSegment& segment, Time now) {
  if (segment.has(TcpSegment::Rst)) {
    if (segment.sequence == receiver_.next()) {
      close(End::ByGuest);
      return std::nullopt;
    }
    return receiver_.isInWindow(segment.sequence) ? challenge(now) : std::nullopt;
  }
  if (segment.has(TcpSegment::Syn)) return challenge(now);
  if (!receiver_.isAcceptable(segment.sequence, segment.length())) return challenge(now);
  if (!segment.has(TcpSegment::Ack)) return std::nullopt;
  if (!sender_->isAcceptable(segment.acknowledgement)) return challenge(now);
  lastHeard_ = now;
  const auto window = std::uint32_t{segment.window} << guestShift_.value_or(0);
  sender_->acknowledged({segment.sequence, segment.acknowledgement, window, segment.length() == 0}, now);
  auto answer = segment.length() > 0 ? takePayload(segment) : std::nullopt;
  if (state_ == State::Open) finishIfDone(now);
  return answer;
}

std::optional<TcpSegment> TcpConnection::takePayload(const TcpSegment& segment) {
  const bool hadFin = receiver_.hasFin();
  confirmationDue_ = true;
  switch (receiver_.take(segment.sequence, segment.payload, segment.has(TcpSegment::Fin), *stream_)) {
    case TcpReceiver::Taken::InOrder:
      break;
    case TcpReceiver::Taken::OutOfOrder:
      return confirmation();
    case TcpReceiver::Taken::Broken:
      close(End::Broken);
      return std::nullopt;
  }
  if (!hadFin && receiver_.hasFin()) endedFirst_ = sender_->hasSentFin();
  return std::nullopt;
}

std::optional<TcpSegment> TcpConnection::challenge(Time now) {
  if (now - lastChallenge_ < kChallengePause) return std::nullopt;
  lastChallenge_ = now;
  return confirmation();
}

TcpSegment TcpConnection::confirmation() {
  confirmationDue_ = false;
  TcpSegment segment;
  segment.flags = TcpSegment::Ack;
  segment.sequence = sender_ ? sender_->furthest() : ownFirst_ + 1;
  segment.acknowledgement = receiver_.next();
  segment.window = receiver_.tellWindow();
  return segment;
}

TcpSegment TcpConnection::synAck() const {
  TcpSegment segment;
  segment.flags = TcpSegment::Syn | TcpSegment::Ack;
  segment.sequence = ownFirst_;
  segment.acknowledgement = receiver_.next();
  segment.window = kWindowWithoutScale;
  segment.mss = kOwnMss;
  if (guestShift_) segment.windowScale = kShift;
  return segment;
}

TcpSegment TcpConnection::reset() const {
  TcpSegment segment;
  segment.flags = TcpSegment::Rst | TcpSegment::Ack;
  segment.acknowledgement = receiver_.next();
  if (state_ != State::Asked) segment.sequence = sender_ ? sender_->furthest() : ownFirst_ + 1;
  return segment;
}

std::array<std::uint8_t, 8> TcpConnection::quotedSyn() const {
  std::array<std::uint8_t, 8> quoted{};
  write16(quoted, 0, tuple_.guestPort);
  write16(quoted, 2, tuple_.peer.port);
  write32(quoted, 4, guestFirst_);
  return quoted;
}

void TcpConnection::streamReady(bool readable, bool writable) {
  readable_ |= readable;
  writable_ |= writable;
}

bool TcpConnection::output(Outgoing& out, Time now) {
  if (state_ == State::Answered && synAckDue_) {
    if (!out.sendNow(tuple_, synAck())) return false;
    synAckDue_ = false;
    static_cast<void>(receiver_.tellWindow());
    if (synAckDeadline_ == kNever) synAckDeadline_ = now + TcpSender::kFirstTimeout;
  }
  if (state_ == State::Open) {
    moveStream();
    if (state_ == State::Open && !outputPieces(out, now)) return false;
    if (state_ == State::Open) finishIfDone(now);
  }
  if (state_ == State::Open || state_ == State::TimeWait) {
    if (!confirmationDue_ && !(state_ == State::Open && receiver_.hasNewsOfWindow())) return true;
    if (out.sendNow(tuple_, confirmation())) return true;
    confirmationDue_ = true;
    return false;
  }
  return true;
}

void TcpConnection::moveStream() {
  if (readable_) sender_->streamReadable();
  readable_ = false;
  if (sender_->fill(*stream_) == Stream::State::Broken) return close(End::Broken);
  if (writable_ && !receiver_.flush(*stream_)) return close(End::Broken);
  writable_ = false;
}

bool TcpConnection::outputPieces(Outgoing& out, Time now) {
  while (const auto piece = sender_->next()) {
    auto segment = confirmation();
    confirmationDue_ = true;
    segment.sequence = piece->sequence;
    if (piece->push) segment.flags |= TcpSegment::Push;
    if (piece->fin) segment.flags |= TcpSegment::Fin;
    if (!out.sendNow(tuple_, segment, *sender_, *piece)) return false;
    confirmationDue_ = false;
    sender_->sent(*piece, now);
    if (piece->size > 0) lastHeard_ = std::max(lastHeard_, now);
  }
  sender_->arm(now);
  return true;
}

void TcpConnection::finishIfDone(Time now) {
  if (!sender_->isFinished() || !receiver_.isFinished()) return;
  stream_.reset();
  end_ = End::Finished;
  // Who ended first answers for the last confirmation; the other one has just got it.
  state_ = endedFirst_ ? State::TimeWait : State::Closed;
  lastHeard_ = now;
}

void TcpConnection::close(End end) {
  state_ = State::Closed;
  end_ = end;
  stream_.reset();
}

void TcpConnection::expire(Time now) {
  if (now < deadline()) return;
  if (state_ == State::Answered && now >= synAckDeadline_) {
    synAckDue_ = true;
    if (++synAckTries_ > TcpSender::kTries) return close(End::Broken);
    synAckDeadline_ = now + std::min(TcpSender::kFirstTimeout * (1 << std::min(synAckTries_, 5)), TcpSender::kLongestTimeout);
    return;
  }
  if (state_ == State::TimeWait) return close(End::Finished);
  if (state_ == State::Open && now >= sender_->deadline()) {
    sender_->expire(now);
    if (!sender_->hasGivenUp()) return;
  }
  close(End::Broken);
}

Time TcpConnection::deadline() const {
  switch (state_) {
    case State::Asked:
      return lastHeard_ + kAskedLimit;
    case State::Answered:
      return synAckDeadline_;
    case State::Open: {
      const bool halfClosed = receiver_.hasFin() || sender_->hasSentFin();
      return std::min(sender_->deadline(), lastHeard_ + (halfClosed ? Time::duration(kHalfClosedLimit) : kIdleLimit));
    }
    case State::TimeWait:
      return lastHeard_ + kTimeWait;
    case State::Closed:
      break;
  }
  return kNever;
}

}  // namespace terrarium::netstack
