// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/egress/netstack/cable.h"

namespace terrarium::netstack {

/// The datagram socket whose other end is the machine's network card: one datagram, one frame. Does not own the descriptor.
class FrameCable final : public Cable {
 public:
  explicit FrameCable(int socket) : socket_(socket) {}

  [[nodiscard]] bool send(Bytes frame) override;
  /// How much of `into` was filled; nothing when no frame waits. Longer frames come cut.
  [[nodiscard]] std::size_t receive(Space into) const;

 private:
  int socket_;
};

}  // namespace terrarium::netstack
