// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>

#include "backend/egress/netstack/bytes.h"

namespace terrarium::netstack {

/// The egress side of one TCP connection: a byte stream that never blocks. Destroying it closes it.
class Stream {
 public:
  enum class State {
    Good,
    Later,   ///< nothing moved: its owner is told by streamReady()
    Ended,   ///< read: nothing comes any more
    Broken,  ///< nobody is at the other end
  };
  struct Moved {
    State state = State::Good;
    std::size_t bytes = 0;
  };

  virtual ~Stream() = default;
  [[nodiscard]] virtual Moved read(Space into) = 0;
  /// May take less than it is given.
  [[nodiscard]] virtual Moved write(Bytes bytes) = 0;
  virtual void endWriting() = 0;
};

}  // namespace terrarium::netstack
