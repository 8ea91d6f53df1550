// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/egress/netstack/bytes.h"

namespace terrarium::netstack {

/// The way to the guest's network card.
class Cable {
 public:
  virtual ~Cable() = default;
  /// Whole or not at all; false when there is no room now.
  [[nodiscard]] virtual bool send(Bytes frame) = 0;
};

}  // namespace terrarium::netstack
