// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkRequest>
#include <QString>
#include <QUrl>
#include <QUrlQuery>

#include "backend/domain/sandboxid.h"
#include "backend/support/result.h"

namespace terrarium {

/// Where an engine or service is reached and as whom. Knows which host serves the data plane: the same one for an engine, a
/// separate one for the hosted service.
class EngineAddress {
 public:
  EngineAddress(QUrl base, QString apiKey);

  [[nodiscard]] const QUrl& base() const { return base_; }
  [[nodiscard]] bool isHosted() const { return hosted_; }

  /// `path` begins with '/' and is percent-encoded already where it has to be.
  [[nodiscard]] QNetworkRequest control(const QString& path, const QUrlQuery& query = {}) const;
  [[nodiscard]] QNetworkRequest data(const SandboxId& id, const QString& path, const QUrlQuery& query, const QString& token) const;
  /// The same for WebSockets (ws or wss). The access token goes into the subprotocol list, so none is set here.
  [[nodiscard]] QNetworkRequest socket(const SandboxId& id, const QString& path, const QUrlQuery& query) const;
  /// Where a browser finds a port of a sandbox: a host of its own. An error when this machine resolves no such host.
  [[nodiscard]] Result<QUrl> preview(const SandboxId& id, int port) const;

  bool operator==(const EngineAddress& other) const { return base_ == other.base_ && apiKey_ == other.apiKey_; }

 private:
  [[nodiscard]] QUrl url(const QUrl& base, const QString& path, const QUrlQuery& query) const;
  QUrl base_;
  QUrl data_;
  QString apiKey_;
  bool hosted_ = false;
};

/// Percent-encodes everything but unreserved characters, so that names with slashes stay one path segment or query value.
[[nodiscard]] QString percentEncoded(const std::string& text);

}  // namespace terrarium
