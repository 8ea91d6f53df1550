// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <optional>

namespace terrarium {

/// A version of Node.js and what the SDK can do with it.
struct NodeVersion {
  int major = 0;
  int minor = 0;

  /// Out of what `node --version` prints: "v20.20.2".
  [[nodiscard]] static std::optional<NodeVersion> parse(const QByteArray& text);
  /// Has `fetch`, without which the SDK does nothing.
  [[nodiscard]] bool canRunSdk() const { return major >= 18; }
  /// Has the global WebSocket that the SDK's spawn needs only behind --experimental-websocket.
  [[nodiscard]] bool needsWebSocketFlag() const { return (major == 20 && minor >= 10) || major == 21; }
  [[nodiscard]] bool canSpawn() const { return major >= 22 || needsWebSocketFlag(); }
};

}  // namespace terrarium
