// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>
#include <cstddef>
#include <cstdint>

#include "backend/guest/streamseat.h"

namespace terrarium {

/// Bytes that came out of a stream of the guest: what was received may not run ahead of what was consumed.
class IncomingCredit {
 public:
  /// False: the guest sent more than it had credit for.
  [[nodiscard]] bool received(std::size_t bytes);
  /// Gives credit back in portions.
  void consumed(qint64 bytes, StreamSeat& seat);

 private:
  std::size_t unconsumed_ = 0;
  std::size_t owed_ = 0;
};

}  // namespace terrarium
