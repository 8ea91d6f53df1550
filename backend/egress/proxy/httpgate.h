// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "backend/egress/proxy/requestscanner.h"
#include "backend/egress/proxy/upgradeanswer.h"

namespace terrarium::egress {

/// Lets the requests of a plain HTTP connection pass that name the host the connection was made to, and nothing else. A WebSocket
/// is a tunnel only when the server has agreed to it in answer to the connection's first request.
class HttpGate {
 public:
  explicit HttpGate(std::string host) : host_(std::move(host)) {}

  /// Moves what may pass from `unjudged` to the end of `passed`. False: reason() says why nothing more may.
  [[nodiscard]] bool admit(std::string& unjudged, std::string& passed);
  /// What the server says, in order.
  void hear(std::string_view answer);
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] const RequestHead& lastRequest() const { return scanner_.head(); }

 private:
  [[nodiscard]] bool judge();

  std::string host_;
  RequestScanner scanner_;
  UpgradeAnswer answer_;
  std::size_t requests_ = 0;
  bool waitsForAnswer_ = false;
  std::string reason_;
};

}  // namespace terrarium::egress
