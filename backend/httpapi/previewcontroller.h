// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>

#include "backend/api/facade.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/previewhost.h"
#include "backend/httpapi/previewpage.h"

namespace terrarium {

/// Lets requests for preview hosts in: judges port, policy, state and how many there are already, then hands over to a proxy.
/// Never wakes a sandbox. Lives in the Qt thread.
class PreviewController : public QObject {
  Q_OBJECT
 public:
  PreviewController(Facade& facade, const HttpConfig& config) : facade_(facade), config_(config) {}

  void handle(Exchange& exchange, const PreviewHost& host);

 private:
  void enter(Exchange& exchange, const PreviewHost& host, const SandboxInfo& info);
  void connectTo(Exchange& exchange, const PreviewHost& host, const SandboxInfo& info);
  /// Counted until it dies.
  void countIn(const PortConnection& connection, const QByteArray& key);

  Facade& facade_;
  const HttpConfig& config_;
  QHash<QByteArray, int> open_;  ///< connections by sandbox and by address of the peer
};

}  // namespace terrarium
