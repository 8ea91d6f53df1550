// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/outgoingcontent.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace terrarium {

void OutgoingContent::add(const QByteArray& bytes) {
  if (bytes.isEmpty() || ended_) return;
  queue_.push_back(bytes);
  pending_ += bytes.size();
}

bool OutgoingContent::credited(std::uint32_t bytes) {
  window_ += bytes;
  return window_ <= guest::kWindow;
}

bool OutgoingContent::sendTo(StreamSeat& seat) {
  if (!seat.isTaken()) return false;
  const bool hadSome = pending_ > 0;
  while (!queue_.empty() && window_ > 0) {
    const auto& bytes = queue_.front();
    const std::string_view rest(bytes.constData() + offset_, static_cast<std::size_t>(bytes.size() - offset_));
    const auto length = guest::contentLength(rest, std::min(window_, guest::kChunk));
    guest::HostFrame frame;
    frame.set_data(rest.data(), length);
    seat.send(std::move(frame));
    window_ -= length;
    pending_ -= static_cast<qint64>(length);
    offset_ += static_cast<qsizetype>(length);
    if (offset_ < bytes.size()) continue;
    queue_.pop_front();
    offset_ = 0;
  }
  if (queue_.empty() && ended_ && !endSent_) {
    endSent_ = true;
    guest::HostFrame frame;
    frame.mutable_end();
    seat.send(std::move(frame));
  }
  return hadSome && pending_ == 0;
}

}  // namespace terrarium
