// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <memory>

#include "backend/api/facade.h"
#include "backend/httpapi/httpconfig.h"

namespace terrarium {

/// The API of an engine over HTTP/1.1 and WebSocket on loopback. Owned by the composition; lives in the facade's thread, does its
/// I/O on a thread of its own. Holds no business rules: it turns requests into calls of the facade and answers into JSON.
class HttpServer : public QObject {
  Q_OBJECT
 public:
  HttpServer(Facade& facade, HttpConfig config);
  ~HttpServer() override;

  /// Listens; returns the port. Unavailable when the port is taken.
  [[nodiscard]] Result<quint16> start();
  /// Stops listening and ends every connection. May be called twice.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace terrarium
