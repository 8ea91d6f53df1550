// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/guest/incomingcredit.h"

#include <algorithm>
#include <utility>

namespace terrarium {

bool IncomingCredit::received(std::size_t bytes) {
  unconsumed_ += bytes;
  return unconsumed_ <= guest::kWindow;
}

void IncomingCredit::consumed(qint64 bytes, StreamSeat& seat) {
  // What is owed still counts as unconsumed for the guest.
  owed_ += static_cast<std::size_t>(std::max<qint64>(bytes, 0));
  owed_ = std::min(owed_, unconsumed_);
  if (owed_ < guest::kCreditPortion) return;
  guest::HostFrame frame;
  frame.set_credit(static_cast<std::uint32_t>(owed_));
  unconsumed_ -= owed_;
  owed_ = 0;
  seat.send(std::move(frame));
}

}  // namespace terrarium
