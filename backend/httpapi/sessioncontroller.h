// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "backend/api/facade.h"
#include "backend/httpapi/router.h"

namespace terrarium {

/// The two WebSockets of the data plane: /terminal (a PTY) and /exec/connect (a command with stdin).
class SessionController {
 public:
  explicit SessionController(Facade& facade) : facade_(facade) {}

  void openTerminal(const RouteCall& call);
  void connectExec(const RouteCall& call);

 private:
  /// False when the request is refused instead, before any upgrade.
  [[nodiscard]] bool canUpgrade(Exchange& exchange, const QByteArray& protocol) const;
  Facade& facade_;
};

}  // namespace terrarium
