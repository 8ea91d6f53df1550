// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QUrl>
#include <memory>

#include "backend/api/facade.h"

namespace terrarium {

/// The facade over HTTP and WebSocket: an engine on this machine or another, or a service that speaks the same contract. Parts that
/// a service does not have answer NotFound; its list is then asked for instead of its events. Lives in one thread with an event
/// loop. Streams and sessions must not outlive it.
class HttpFacade : public QObject, public Facade {
  Q_OBJECT
 public:
  HttpFacade(const QUrl& base, const QString& apiKey);
  ~HttpFacade() override;

  [[nodiscard]] Sandboxes& sandboxes() override;
  [[nodiscard]] Snapshots& snapshots() override;
  [[nodiscard]] Exec& exec() override;
  [[nodiscard]] Files& files() override;
  [[nodiscard]] Ports& ports() override;
  [[nodiscard]] Templates& templates() override;
  [[nodiscard]] Host& host() override;
  [[nodiscard]] Activity& activity() override;
  /// The first call opens the event connection.
  [[nodiscard]] Events& events() override;

  /// The engine was started again elsewhere. Requests that run are not moved.
  void setAddress(const QUrl& base, const QString& apiKey);
  [[nodiscard]] QUrl base() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace terrarium
