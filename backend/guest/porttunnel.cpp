// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/porttunnel.h"

#include <utility>

namespace terrarium {

PortTunnel::PortTunnel(AgentConversation& conversation, int port) : seat_(conversation) {
  guest::HostFrame first;
  first.mutable_connect_port()->set_port(static_cast<std::uint32_t>(port));
  const auto taken = seat_.take(*this, std::move(first));
  if (taken) return;
  QMetaObject::invokeMethod(
      this, [this, error = taken.error()] { emit failed(error); }, Qt::QueuedConnection);
}

void PortTunnel::write(const QByteArray& bytes) {
  if (!seat_.isTaken()) return;
  output_.add(bytes);
  sendOutput();
}

void PortTunnel::closeWrite() {
  output_.end();
  sendOutput();
}

void PortTunnel::sendOutput() {
  if (output_.sendTo(seat_)) QMetaObject::invokeMethod(this, &PortTunnel::drained, Qt::QueuedConnection);
}

std::string PortTunnel::receive(const guest::GuestFrame& frame) {
  using Body = guest::GuestFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kStarted:
      if (open_) return "it opened a connection twice";
      open_ = true;
      emit opened();
      return {};
    case Body::kCredit:
      if (!output_.credited(frame.credit())) return "it gave credit for bytes that it never got";
      sendOutput();
      return {};
    case Body::kFailure: {
      seat_.leave();
      auto error = toError(frame.failure());
      // Connections break; that is no fault of the agent.
      if (error.code == ErrorCode::Internal) error.code = ErrorCode::Unavailable;
      emit failed(error);
      return {};
    }
    default:
      return open_ ? receiveOpen(frame) : "it spoke of a connection that it had not opened";
  }
}

std::string PortTunnel::receiveOpen(const guest::GuestFrame& frame) {
  using Body = guest::GuestFrame::BodyCase;
  switch (frame.body_case()) {
    case Body::kData:
      if (ended_ || !input_.received(frame.data().size())) return "it sent more of a connection than it was allowed to";
      emit received(QByteArray(frame.data().data(), static_cast<qsizetype>(frame.data().size())));
      return {};
    case Body::kNoMoreData:
      if (ended_) return "it ended a connection twice";
      ended_ = true;
      emit ended();
      return {};
    case Body::kEnd:
      if (!ended_) return "it closed a connection whose end it had not told";
      seat_.leave();
      emit closed();
      return {};
    default:
      return "it answered for a connection with something else";
  }
}

void PortTunnel::brokenOff(const Error& error) {
  seat_.lose();
  emit failed(error);
}

}  // namespace terrarium
