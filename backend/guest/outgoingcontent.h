// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <cstdint>
#include <deque>

#include "backend/guest/streamseat.h"

namespace terrarium {

/// Bytes on their way into a stream of the guest: queued here until the guest has given credit for them.
class OutgoingContent {
 public:
  void add(const QByteArray& bytes);
  /// No more follows.
  void end() { ended_ = true; }
  /// False: more credit than was used.
  [[nodiscard]] bool credited(std::uint32_t bytes);
  /// Sends what credit allows. True when that emptied the queue.
  bool sendTo(StreamSeat& seat);
  [[nodiscard]] qint64 pending() const { return pending_; }

 private:
  std::deque<QByteArray> queue_;
  qsizetype offset_ = 0;  ///< in the first of the queue
  qint64 pending_ = 0;
  std::size_t window_ = guest::kWindow;
  bool ended_ = false;
  bool endSent_ = false;
};

}  // namespace terrarium
