// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>

#include "backend/api/facade.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/previewhost.h"
#include "backend/httpapi/previewpage.h"
#include "backend/httpapi/previewtokens.h"

namespace terrarium {

/// Lets requests for preview hosts in: judges port, policy, state and how many there are already, then hands over to a proxy.
/// Never wakes a sandbox. Lives in the Qt thread.
class PreviewController : public QObject {
  Q_OBJECT
 public:
  PreviewController(Facade& facade, const HttpConfig& config) : facade_(facade), tokens_(config.tokenSeed) {}

  void handle(Exchange& exchange, const PreviewHost& host);

 private:
  void enter(Exchange& exchange, const PreviewHost& host, const SandboxInfo& info);
  /// True when a private port may be seen; everything else is answered here.
  [[nodiscard]] bool hasToken(Exchange& exchange, const PreviewHost& host, const PublishedPort& port) const;
  void connectTo(Exchange& exchange, const PreviewHost& host, const SandboxInfo& info);
  /// Counted until it dies.
  void countIn(const PortConnection& connection, const QByteArray& key);

  Facade& facade_;
  PreviewTokens tokens_;
  QHash<QByteArray, int> open_;  ///< connections by sandbox and by address of the peer
};

}  // namespace terrarium
