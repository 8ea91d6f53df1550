// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/egress/channel/flowchannel.h"

namespace terrarium::netstack {

/// The way to the egress program.
class Control {
 public:
  enum class Offered {
    Taken,
    Full,  ///< lost; whoever asked asks again
    Gone,  ///< nobody is there
  };

  virtual ~Control() = default;
  /// What may be lost: the guest repeats it.
  [[nodiscard]] virtual Offered offer(const egress::FlowMessage& message) = 0;
  /// What must arrive; waits when there is no room. While something waits, nothing is taken by offer(), which bounds the wait.
  virtual void tell(const egress::FlowMessage& message) = 0;
};

}  // namespace terrarium::netstack
