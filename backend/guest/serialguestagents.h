// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/engine/ports/guestagent.h"

namespace terrarium {

/// Reaches guest agents through the unix sockets of their machines.
class SerialGuestAgents final : public GuestAgents {
 public:
  Pending<std::shared_ptr<GuestAgent>> connect(const QString& socket, std::chrono::milliseconds limit) override;
  [[nodiscard]] std::string shippedVersion() const override;
};

}  // namespace terrarium
