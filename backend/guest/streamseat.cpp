// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/streamseat.h"

#include <utility>

namespace terrarium {

StreamSeat::~StreamSeat() {
  guest::HostFrame frame;
  frame.mutable_cancel();
  send(std::move(frame));
  leave();
}

Result<void> StreamSeat::take(AgentStream& stream, guest::HostFrame first) {
  const auto id = conversation_->begin(stream, std::move(first));
  if (!id) return failure(id.error());
  id_ = *id;
  return {};
}

void StreamSeat::send(guest::HostFrame frame) {
  if (isTaken()) conversation_->send(id_, std::move(frame));
}

void StreamSeat::leave() {
  if (isTaken()) conversation_->signOff(id_);
  id_ = 0;
}

}  // namespace terrarium
