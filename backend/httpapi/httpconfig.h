// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <chrono>

namespace terrarium {

/// What the HTTP server is told by whoever composes it.
struct HttpConfig {
  quint16 port = 0;       ///< 0: any free one
  QStringList addresses;  ///< of this computer, besides loopback
  QStringList hostNames;  ///< by which clients may call those addresses
  QString apiKey;         ///< what X-API-Key has to be
  QByteArray tokenSeed;   ///< 32 secret bytes; access tokens are derived from them
  QString version;
  qint64 maxJsonBytes = 1 << 20;
  int maxConnections = 1024;
  int requestsPerSecond = 1000;  ///< on each plane
  int requestBurst = 2000;
  std::chrono::milliseconds keepAliveInterval{15000};  ///< of event streams
  std::chrono::milliseconds headLimit{30000};          ///< until the head of a request has to be complete
  std::chrono::milliseconds bodyLimit{30000};          ///< until a JSON body has to be complete
  std::chrono::milliseconds pingInterval{30000};       ///< of WebSockets
};

}  // namespace terrarium
