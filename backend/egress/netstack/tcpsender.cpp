// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/tcpsender.h"

#include <algorithm>

namespace terrarium::netstack {

namespace {

constexpr int kDuplicatesOfALoss = 3;

}  // namespace

TcpSender::TcpSender(MemoryBudget& budget, Sequence first, std::uint16_t mss, const Confirmation& handshake)
    : ring_(budget),
      unconfirmed_(first),
      next_(first),
      furthest_(first),
      recovery_(first),
      mss_(mss),
      window_(handshake.window),
      largestWindow_(handshake.window),
      windowSequence_(handshake.sequence),
      windowAcknowledgement_(handshake.acknowledgement) {}

Stream::State TcpSender::fill(Stream& stream) {
  const auto limit = std::min(RingBuffer::kMost, std::max<std::size_t>(std::size_t{2} * window_, std::size_t{2} * mss_));
  while (readable_ && !ended_ && ring_.size() < limit) {
    const auto room = ring_.room(limit - ring_.size());
    if (room.empty()) return Stream::State::Good;
    const auto moved = stream.read(room);
    if (moved.state == Stream::State::Good) {
      ring_.added(moved.bytes);
      continue;
    }
    // An untouched buffer goes back.
    if (ring_.size() == 0) ring_.drop(0);
    readable_ = false;
    ended_ = moved.state == Stream::State::Ended;
    return moved.state;
  }
  return Stream::State::Good;
}

bool TcpSender::hasMore() const { return underWay() < ring_.size() || (ended_ && next_ == finSequence()); }

std::optional<TcpSender::Piece> TcpSender::retransmission() const {
  if (!resendFirst_ || underWay() == 0) return std::nullopt;
  const auto size = std::min<std::size_t>({ring_.size(), mss_, underWay()});
  return Piece{unconfirmed_, 0, size, ended_ && size == ring_.size() && hasSentFin(), true};
}

std::optional<TcpSender::Piece> TcpSender::next() const {
  if (finished_) return std::nullopt;
  if (auto piece = retransmission()) return piece;
  if (probeDue_) return Piece{unconfirmed_ - 1, 0, 0, false, false, true};
  if (!hasMore() || window_ <= underWay()) return std::nullopt;
  const auto waiting = ring_.size() - underWay();
  const auto size = std::min<std::size_t>({waiting, mss_, window_ - underWay()});
  // No small segments only because the window is nearly full (RFC 9293, 3.8.6.2.1); the timer ends the wait.
  if (!smallAllowed_ && size < waiting && size < mss_ && size < largestWindow_ / 2) return std::nullopt;
  const bool last = size == waiting;
  return Piece{next_, underWay(), size, ended_ && last && window_ - underWay() > size, last};
}

void TcpSender::sent(const Piece& piece, Time now) {
  if (piece.probe) {
    probeDue_ = false;
    return;
  }
  if (resendFirst_) {
    resendFirst_ = false;
  } else {
    next_ = piece.sequence + static_cast<Sequence>(piece.size) + (piece.fin ? 1 : 0);
    if (isBefore(furthest_, next_)) furthest_ = next_;
    smallAllowed_ = false;
  }
  if (deadline_ == kNever) setTimer(now);
}

bool TcpSender::isAcceptable(Sequence acknowledgement) const {
  return distance(acknowledgement, furthest_) >= 0 &&
         distance(unconfirmed_, acknowledgement) >= -static_cast<std::int64_t>(largestWindow_);
}

bool TcpSender::isNewest(const Confirmation& confirmation) {
  const auto since = distance(windowSequence_, confirmation.sequence);
  if (since < 0 || (since == 0 && isBefore(confirmation.acknowledgement, windowAcknowledgement_))) return false;
  windowSequence_ = confirmation.sequence;
  windowAcknowledgement_ = confirmation.acknowledgement;
  return true;
}

void TcpSender::acknowledged(const Confirmation& confirmation, Time now) {
  const auto progress = distance(unconfirmed_, confirmation.acknowledgement);
  if (progress < 0) return;
  const auto window = isNewest(confirmation) ? confirmation.window : window_;
  const bool opened = window_ == 0 && window > 0;
  const bool duplicate = progress == 0 && confirmation.bare && window == window_ && underWay() > 0;
  window_ = window;
  largestWindow_ = std::max(largestWindow_, window);
  tries_ = 0;
  if (progress > 0) advance(confirmation.acknowledgement);
  if (duplicate) countDuplicate();
  if (opened) timeout_ = kFirstTimeout;
  if (progress > 0 || opened) setTimer(now);
}

void TcpSender::advance(Sequence acknowledgement) {
  auto bytes = static_cast<std::size_t>(distance(unconfirmed_, acknowledgement));
  if (bytes > ring_.size()) {
    finished_ = true;
    bytes = ring_.size();
  }
  ring_.drop(bytes);
  confirmed_ += bytes;
  unconfirmed_ = acknowledgement;
  if (isBefore(next_, unconfirmed_)) next_ = unconfirmed_;
  duplicates_ = 0;
  timeout_ = kFirstTimeout;
  resendFirst_ = false;
  if (!recovering_) return;
  // A partial confirmation (RFC 6582) shows the next hole.
  recovering_ = isBefore(unconfirmed_, recovery_);
  resendFirst_ = recovering_ && underWay() > 0;
}

void TcpSender::countDuplicate() {
  if (++duplicates_ != kDuplicatesOfALoss || recovering_) return;
  recovering_ = true;
  recovery_ = furthest_;
  resendFirst_ = true;
}

void TcpSender::setTimer(Time now) { deadline_ = !finished_ && (underWay() > 0 || hasMore()) ? now + timeout_ : kNever; }

void TcpSender::arm(Time now) {
  if (deadline_ == kNever) setTimer(now);
}

void TcpSender::expire(Time now) {
  if (now < deadline_) return;
  ++tries_;
  // Either everything is sent again, as far as the window allows, or the guest is asked for its window.
  probeDue_ = window_ == 0;
  smallAllowed_ = true;
  next_ = unconfirmed_;
  recovering_ = false;
  duplicates_ = 0;
  resendFirst_ = false;
  timeout_ = std::min(timeout_ * 2, kLongestTimeout);
  deadline_ = kNever;
  arm(now);
}

}  // namespace terrarium::netstack
