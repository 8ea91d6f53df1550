// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/router.h"

#include <chrono>

#include "backend/httpapi/activitycontroller.h"
#include "backend/httpapi/buildscontroller.h"
#include "backend/httpapi/execcontroller.h"
#include "backend/httpapi/filescontroller.h"
#include "backend/httpapi/localcontroller.h"
#include "backend/httpapi/previewcontroller.h"
#include "backend/httpapi/previewportscontroller.h"
#include "backend/httpapi/requestorigin.h"
#include "backend/httpapi/sandboxescontroller.h"
#include "backend/httpapi/sessioncontroller.h"
#include "backend/httpapi/snapshotscontroller.h"
#include "backend/httpapi/templatescontroller.h"

namespace terrarium {

namespace {
QStringList split(const QString& path) { return path.split(QLatin1Char('/'), Qt::SkipEmptyParts); }

/// What stood in the place of {…}; nothing when the path is another one.
std::optional<QStringList> match(const QStringList& pattern, const QStringList& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  QStringList parameters;
  for (qsizetype i = 0; i < pattern.size(); ++i) {
    if (pattern.at(i).startsWith(QLatin1Char('{')))
      parameters << path.at(i);
    else if (pattern.at(i) != path.at(i))
      return std::nullopt;
  }
  return parameters;
}
}  // namespace

struct Router::Controllers {
  Controllers(Facade& facade, const HttpConfig& config, const AccessTokens& tokens)
      : sandboxes(facade, tokens, config),
        snapshots(facade, config),
        exec(facade, config),
        files(facade),
        sessions(facade),
        templates(facade),
        builds(facade, config),
        local(facade, config),
        previews(facade, config),
        activity(facade),
        previewPorts(facade, config) {}
  SandboxesController sandboxes;
  SnapshotsController snapshots;
  ExecController exec;
  FilesController files;
  SessionController sessions;
  TemplatesController templates;
  BuildsController builds;
  LocalController local;
  PreviewController previews;
  ActivityController activity;
  PreviewPortsController previewPorts;
};

QByteArrayList Router::hostsOf(const HttpConfig& config) {
  QByteArrayList hosts;
  for (const auto& name : config.hostNames) hosts << name.toLatin1().toLower();
  for (const auto& address : config.addresses) {
    const auto text = address.toLatin1().toLower();
    hosts << (text.contains(':') ? '[' + text + ']' : text);
  }
  return hosts;
}

Router::Router(Facade& facade, const HttpConfig& config)
    : facade_(facade),
      config_(config),
      hosts_(hostsOf(config)),
      tokens_(config.tokenSeed),
      controlLimit_(config.requestsPerSecond, config.requestBurst),
      dataLimit_(config.requestsPerSecond, config.requestBurst),
      controllers_(std::make_unique<Controllers>(facade, config_, tokens_)) {
  addControlRoutes();
  addDataRoutes();
}

Router::~Router() = default;

void Router::add(const QByteArray& method, const QString& path, Plane plane, Handler handler) {
  routes_.push_back({method, split(path), plane, std::move(handler)});
}

void Router::addControlRoutes() {
  auto* c = controllers_.get();
  const auto control = [this](const QByteArray& method, const char* path, Handler handler) {
    add(method, QLatin1String(path), Plane::Control, std::move(handler));
  };
  add("GET", QStringLiteral("/health"), Plane::Open, [c](const RouteCall& call) { c->local.health(call); });
  control("POST", "/sandboxes", [c](const RouteCall& call) { c->sandboxes.create(call); });
  control("GET", "/sandboxes", [c](const RouteCall& call) { c->sandboxes.list(call); });
  control("GET", "/sandboxes/{id}", [c](const RouteCall& call) { c->sandboxes.get(call); });
  control("PATCH", "/sandboxes/{id}", [c](const RouteCall& call) { c->sandboxes.update(call); });
  control("DELETE", "/sandboxes/{id}", [c](const RouteCall& call) { c->sandboxes.remove(call); });
  control("POST", "/sandboxes/{id}/pause", [c](const RouteCall& call) { c->sandboxes.pause(call); });
  control("POST", "/sandboxes/{id}/resume", [c](const RouteCall& call) { c->sandboxes.resume(call); });
  control("POST", "/sandboxes/{id}/activate", [c](const RouteCall& call) { c->sandboxes.activate(call); });
  control("POST", "/sandboxes/{id}/exec", [c](const RouteCall& call) { c->exec.runAwake(call, false); });
  control("POST", "/sandboxes/{id}/exec/stream", [c](const RouteCall& call) { c->exec.runAwake(call, true); });
  control("GET", "/sandboxes/{id}/files", [c](const RouteCall& call) { c->files.listAwake(call); });
  control("POST", "/sandboxes/{id}/snapshot", [c](const RouteCall& call) { c->snapshots.take(call); });
  control("GET", "/sandboxes/{id}/snapshots", [c](const RouteCall& call) { c->snapshots.listOfSandbox(call); });
  control("GET", "/snapshots/{id}", [c](const RouteCall& call) { c->snapshots.get(call); });
  control("PATCH", "/snapshots/{id}", [c](const RouteCall& call) { c->snapshots.rename(call); });
  control("DELETE", "/snapshots/{id}", [c](const RouteCall& call) { c->snapshots.remove(call); });
  control("GET", "/local/snapshots", [c](const RouteCall& call) { c->snapshots.listAll(call); });
  control("POST", "/local/sandboxes/{id}/fork", [c](const RouteCall& call) { c->sandboxes.fork(call); });
  control("GET", "/sandboxes/{id}/preview-ports", [c](const RouteCall& call) { c->previewPorts.list(call); });
  control("POST", "/sandboxes/{id}/preview-ports", [c](const RouteCall& call) { c->previewPorts.publish(call); });
  control("DELETE", "/sandboxes/{id}/preview-ports/{port}", [c](const RouteCall& call) { c->previewPorts.unpublish(call); });
  control("POST", "/sandboxes/{id}/preview-ports/{port}/token", [c](const RouteCall& call) { c->previewPorts.issueToken(call); });
  control("POST", "/sandboxes/{id}/preview-ports/{port}/token/rotate",
          [c](const RouteCall& call) { c->previewPorts.rotateToken(call); });
  control("GET", "/templates", [c](const RouteCall& call) { c->templates.list(call); });
  control("GET", "/templates/{id}", [c](const RouteCall& call) { c->templates.get(call); });
  control("GET", "/templates/{id}/builds", [c](const RouteCall& call) { c->builds.list(call); });
  control("POST", "/templates/{id}/builds", [c](const RouteCall& call) { c->builds.start(call); });
  control("GET", "/templates/{id}/builds/{build}", [c](const RouteCall& call) { c->builds.get(call); });
  control("DELETE", "/templates/{id}/builds/{build}", [c](const RouteCall& call) { c->builds.cancel(call); });
  control("GET", "/templates/{id}/builds/{build}/logs", [c](const RouteCall& call) { c->builds.log(call); });
  control("POST", "/local/templates/{id}/build", [c](const RouteCall& call) { c->templates.build(call); });
  control("DELETE", "/local/templates/{id}/build", [c](const RouteCall& call) { c->templates.cancelBuild(call); });
  control("GET", "/activity", [c](const RouteCall& call) { c->activity.list(call); });
  control("GET", "/local/host", [c](const RouteCall& call) { c->local.host(call); });
  control("GET", "/local/events", [c](const RouteCall& call) { c->local.events(call); });
  control("DELETE", "/local/operations/{operation}", [c](const RouteCall& call) { c->sandboxes.cancel(call); });
}

void Router::addDataRoutes() {
  auto* c = controllers_.get();
  const auto data = [this](const QByteArray& method, const char* path, Handler handler) {
    add(method, QLatin1String(path), Plane::Data, std::move(handler));
  };
  data("POST", "/exec", [c](const RouteCall& call) { c->exec.run(call); });
  data("POST", "/exec/stream", [c](const RouteCall& call) { c->exec.stream(call); });
  data("GET", "/exec/connect", [c](const RouteCall& call) { c->sessions.connectExec(call); });
  data("GET", "/terminal", [c](const RouteCall& call) { c->sessions.openTerminal(call); });
  data("GET", "/files", [c](const RouteCall& call) { c->files.read(call); });
  data("POST", "/files", [c](const RouteCall& call) { c->files.write(call); });
}

QStringList Router::routes() const {
  QStringList list;
  for (const auto& route : routes_)
    list << QString::fromLatin1(route.method) + QStringLiteral(" /") + route.pattern.join(QLatin1Char('/'));
  return list;
}

bool Router::keyIsGood(const HttpRequest& request) const {
  return equalInConstantTime(request.header("x-api-key"), config_.apiKey.toUtf8());
}

void Router::handle(Exchange& exchange) {
  const auto& request = exchange.request();
  // What programs in sandboxes serve has hosts, and so origins, of its own; the API is never found there.
  if (const auto preview = parsePreviewHost(request.header("host"))) return controllers_->previews.handle(exchange, *preview);
  const auto method = request.method == "HEAD" ? QByteArray("GET") : request.method;
  QStringList allowed;
  for (const auto& route : routes_) {
    const auto parameters = match(route.pattern, request.segments);
    if (!parameters) continue;
    if (route.method == method) return dispatch(exchange, route, *parameters);
    allowed << QString::fromLatin1(route.method);
  }
  if (const auto origin = checkOrigin(request, false, hosts_); !origin) return exchange.respondError(origin.error());
  if (allowed.isEmpty()) return exchange.respondError(404, "not_found", QStringLiteral("There is nothing at this path."));
  exchange.respondError(405, "bad_request", QStringLiteral("This path accepts %1.").arg(allowed.join(QStringLiteral(", "))),
                        {{"Allow", allowed.join(QStringLiteral(", ")).toLatin1()}});
}

void Router::dispatch(Exchange& exchange, const Route& route, QStringList parameters) {
  const auto origin = checkOrigin(exchange.request(), route.plane == Plane::Data, hosts_);
  if (!origin) return exchange.respondError(origin.error());
  switch (route.plane) {
    case Plane::Open:
      return route.handler({exchange, std::move(parameters), std::nullopt});
    case Plane::Control:
      return enterControlPlane(exchange, route, parameters);
    case Plane::Data:
      return enterDataPlane(exchange, route, parameters);
  }
}

void Router::enterControlPlane(Exchange& exchange, const Route& route, const QStringList& parameters) {
  if (!keyIsGood(exchange.request())) {
    return exchange.respondError(401, "auth_failed", QStringLiteral("Invalid or missing X-API-Key header."));
  }
  if (isAdmitted(exchange, controlLimit_)) route.handler({exchange, parameters, std::nullopt});
}

bool Router::isAdmitted(Exchange& exchange, RateLimit& limit) {
  const auto verdict = limit.take(std::chrono::steady_clock::now());
  exchange.addHeaders({{"RateLimit-Limit", QByteArray::number(limit.burst())},
                       {"RateLimit-Remaining", QByteArray::number(verdict.remaining)},
                       {"RateLimit-Reset", QByteArray::number(static_cast<qint64>(verdict.untilFull.count()))}});
  if (verdict.isAdmitted) return true;
  exchange.respondError(
      429, "rate_limited",
      QStringLiteral("Too many requests: at most %1 a second are accepted. Try again in a second.").arg(config_.requestsPerSecond),
      {{"Retry-After", QByteArray::number(static_cast<qint64>(verdict.retryAfter.count()))}});
  return false;
}

void Router::enterDataPlane(Exchange& exchange, const Route& route, const QStringList& parameters) {
  const auto named = sandboxIdOf(exchange.request());
  const auto id = SandboxId::parse(named.toStdString());
  if (!id) {
    return exchange.respondError(400, "bad_request",
                                 QStringLiteral("invalid sandbox URL: name the sandbox by the X-Superserve-Sandbox-Id header, the "
                                                "host label boxd-{id} or the query sandbox_id"));
  }
  const auto token = accessTokenOf(exchange.request());
  if (token.isEmpty()) return exchange.respondError(401, "unauthorized", QStringLiteral("missing X-Access-Token header"));
  if (!tokens_.accepts(token, *id, std::chrono::system_clock::now())) {
    return exchange.respondError(401, "unauthorized", QStringLiteral("invalid access token"));
  }
  if (!isAdmitted(exchange, dataLimit_)) return;
  // A paused sandbox is never woken from here; the client activates it and asks again.
  whenDone(facade_.sandboxes().get(*id), &exchange, [&exchange, &route, parameters, id = *id](const Result<SandboxInfo>& info) {
    if (!info) {
      auto error = info.error();
      if (error.code == ErrorCode::NotFound) error.code = ErrorCode::RouteStale;
      return exchange.respondError(error);
    }
    if (!isAllowed(SandboxAction::Exec, info->state)) {
      return exchange.respondError(Error{ErrorCode::NotRunning, "sandbox is " + std::string(phaseName(info->state))});
    }
    route.handler({exchange, parameters, id});
  });
}

}  // namespace terrarium
