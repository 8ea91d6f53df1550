// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "backend/api/facade.h"
#include "backend/httpapi/accesstokens.h"
#include "backend/httpapi/exchange.h"
#include "backend/httpapi/httpconfig.h"
#include "backend/httpapi/ratelimit.h"

namespace terrarium {

/// What a controller gets with a request that has been let in.
struct RouteCall {
  Exchange& exchange;
  QStringList parameters;            ///< what stood in the place of {…}
  std::optional<SandboxId> sandbox;  ///< on the data plane: which one
};

/// Finds the controller for a request and lets in only what is allowed: local hosts and origins, the API key on the control plane,
/// an access token on the data plane. Lives in the Qt thread.
class Router {
 public:
  Router(Facade& facade, const HttpConfig& config);
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  void handle(Exchange& exchange);
  /// "METHOD /path/{parameter}" of every route, for comparison with the written contract.
  [[nodiscard]] QStringList routes() const;

 private:
  /// By which names clients may call it besides loopback.
  [[nodiscard]] static QByteArrayList hostsOf(const HttpConfig& config);
  enum class Plane { Open, Control, Data };
  using Handler = std::function<void(const RouteCall&)>;
  struct Route {
    QByteArray method;
    QStringList pattern;
    Plane plane;
    Handler handler;
  };
  struct Controllers;

  void add(const QByteArray& method, const QString& path, Plane plane, Handler handler);
  void addControlRoutes();
  void addDataRoutes();
  void dispatch(Exchange& exchange, const Route& route, QStringList parameters);
  void enterControlPlane(Exchange& exchange, const Route& route, const QStringList& parameters);
  void enterDataPlane(Exchange& exchange, const Route& route, const QStringList& parameters);
  /// False when there were too many requests; that is answered then.
  [[nodiscard]] bool isAdmitted(Exchange& exchange, RateLimit& limit);
  [[nodiscard]] bool keyIsGood(const HttpRequest& request) const;

  Facade& facade_;
  HttpConfig config_;
  QByteArrayList hosts_;
  AccessTokens tokens_;
  RateLimit controlLimit_;
  RateLimit dataLimit_;
  std::vector<Route> routes_;
  std::unique_ptr<Controllers> controllers_;
};

}  // namespace terrarium
