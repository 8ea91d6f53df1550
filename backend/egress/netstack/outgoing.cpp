// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/egress/netstack/outgoing.h"

namespace terrarium::netstack {

bool Outgoing::send(Bytes frame) {
  if (full_) return false;
  full_ = !cable_.send(frame);
  return !full_;
}

void Outgoing::sendSoon(std::vector<std::uint8_t> frame) {
  // An empty frame would end the machine's network card for good.
  if (frame.empty() || send(frame)) return;
  if (waiting_.size() >= kMostWaiting || waitingBytes_ + frame.size() > kMostBytes) return;
  waitingBytes_ += frame.size();
  waiting_.push_back(std::move(frame));
}

void Outgoing::sendSoon(const egress::FlowTuple& tuple, const TcpSegment& segment) {
  std::vector<std::uint8_t> frame(kTcpPayload + kMaxTcpOptions);
  frame.resize(writeTcpFrame(frame, tuple, segment));
  sendSoon(std::move(frame));
}

bool Outgoing::sendNow(const egress::FlowTuple& tuple, const TcpSegment& segment) {
  return send(Space(scratch_).first(writeTcpFrame(scratch_, tuple, segment)));
}

bool Outgoing::sendNow(const egress::FlowTuple& tuple, const TcpSegment& segment, const TcpSender& sender,
                       const TcpSender::Piece& piece) {
  if (full_) return false;
  sender.copy(piece, Space(scratch_).subspan(kTcpPayload, piece.size));
  return send(Space(scratch_).first(writeTcpFrame(scratch_, tuple, segment, piece.size)));
}

bool Outgoing::resume() {
  full_ = false;
  while (!waiting_.empty() && send(waiting_.front())) {
    waitingBytes_ -= waiting_.front().size();
    waiting_.pop_front();
  }
  return !full_;
}

}  // namespace terrarium::netstack
