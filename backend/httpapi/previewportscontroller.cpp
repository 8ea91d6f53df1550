// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewportscontroller.h"

#include "backend/httpapi/previewrequest.h"
#include "backend/httpapi/sandboxescontroller.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/previewjson.h"
#include "backend/wire/strictjson.h"

namespace terrarium {

namespace {

constexpr std::int64_t kLongestLife = 7 * 24 * 3600;

std::optional<PreviewPort> portOf(const RouteCall& call) {
  bool isNumber = false;
  const auto number = call.parameters.value(1).toInt(&isNumber);
  const auto port = PreviewPort::parse(isNumber ? number : 0);
  if (port) return *port;
  call.exchange.respondError(port.error());
  return std::nullopt;
}

struct PublishRequest {
  PreviewPort port;
  std::optional<PreviewAccess> access;
};

Result<PublishRequest> readPublishRequest(const QByteArray& body) {
  const auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  const auto number = reader.integer("port");
  const auto name = reader.text("access");
  if (const auto read = reader.finish(); !read) return failure(read.error());
  const auto port = PreviewPort::parse(number.value_or(0));
  if (!port) return failure(port.error());
  if (!name) return PublishRequest{*port, std::nullopt};
  const auto access = parsePreviewAccess(*name);
  if (!access) return failure(badRequest("access", "access has to be public or private."));
  return PublishRequest{*port, *access};
}

Result<std::optional<std::chrono::seconds>> readTokenRequest(const QByteArray& body) {
  const auto object = parseStrictObject(body);
  if (!object) return failure(object.error());
  FieldReader reader(*object);
  const auto seconds = reader.integer("expires_in_seconds");
  if (const auto read = reader.finish(); !read) return failure(read.error());
  if (!seconds) return std::optional<std::chrono::seconds>();
  if (*seconds < 1 || *seconds > kLongestLife) {
    return failure(badRequest("expires_in_seconds", "expires_in_seconds has to be from 1 to 604800."));
  }
  return std::optional<std::chrono::seconds>(*seconds);
}

}  // namespace

void PreviewPortsController::list(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  whenDone(facade_.ports().previews(*id), &call.exchange, [&exchange = call.exchange](const Result<PreviewSettings>& settings) {
    settings ? exchange.respond(200, toJson(*settings)) : exchange.respondError(settings.error());
  });
}

void PreviewPortsController::publish(const RouteCall& call) {
  const auto id = idOf(call);
  if (!id) return;
  auto& exchange = call.exchange;
  exchange.collectBody(config_, [this, &exchange, id = *id](const QByteArray& body) {
    const auto request = readPublishRequest(body);
    if (!request) return exchange.respondError(request.error());
    whenDone(facade_.ports().publish(id, request->port, request->access), &exchange,
             [&exchange](const Result<PublishedPort>& port) {
               port ? exchange.respond(200, toJson(*port)) : exchange.respondError(port.error());
             });
  });
}

void PreviewPortsController::unpublish(const RouteCall& call) {
  const auto id = idOf(call);
  const auto port = id ? portOf(call) : std::nullopt;
  if (port) respondWith(call.exchange, facade_.ports().unpublish(*id, *port));
}

void PreviewPortsController::withPrivatePort(
    const RouteCall& call, const std::function<void(const SandboxId&, const PublishedPort&, const PreviewSettings&)>& next) {
  const auto id = idOf(call);
  const auto port = id ? portOf(call) : std::nullopt;
  if (!port) return;
  whenDone(facade_.ports().previews(*id), &call.exchange,
           [&exchange = call.exchange, id = *id, port = *port, next](const Result<PreviewSettings>& settings) {
             if (!settings) return exchange.respondError(settings.error());
             const auto* published = settings->find(port.value());
             if (!published) return exchange.respondError(notPublished(port));
             if (published->access == PreviewAccess::Public) {
               return exchange.respondError({ErrorCode::Conflict, "The port is public: nobody needs a token for it."});
             }
             next(id, *published, *settings);
           });
}

void PreviewPortsController::issueToken(const RouteCall& call) {
  auto& exchange = call.exchange;
  withPrivatePort(call, [this, &exchange](const SandboxId& id, const PublishedPort& port, const PreviewSettings& settings) {
    exchange.collectBody(config_, [this, &exchange, id, port, access = settings.access()](const QByteArray& body) {
      const auto lifetime = readTokenRequest(body);
      if (!lifetime) return exchange.respondError(lifetime.error());
      answerToken(exchange, id, port, access, *lifetime);
    });
  });
}

void PreviewPortsController::rotateToken(const RouteCall& call) {
  auto& exchange = call.exchange;
  withPrivatePort(call, [this, &exchange](const SandboxId& id, const PublishedPort& port, const PreviewSettings& settings) {
    exchange.collectBody(config_, [this, &exchange, id, port, access = settings.access()](const QByteArray& body) {
      const auto lifetime = readTokenRequest(body);
      if (!lifetime) return exchange.respondError(lifetime.error());
      whenDone(facade_.ports().rotateToken(id, port.port), &exchange,
               [this, &exchange, id, access, lifetime = *lifetime](const Result<PublishedPort>& rotated) {
                 if (!rotated) return exchange.respondError(rotated.error());
                 answerToken(exchange, id, *rotated, access, lifetime);
               });
    });
  });
}

void PreviewPortsController::answerToken(Exchange& exchange, const SandboxId& id, const PublishedPort& port,
                                         PreviewAccess sandboxAccess, std::optional<std::chrono::seconds> lifetime) {
  std::optional<WallTime> end;
  if (lifetime) end = std::chrono::system_clock::now() + *lifetime;
  auto object = toJson(port);
  object.insert(QStringLiteral("token"), QString::fromLatin1(tokens_.issue(id, port, end)));
  object.insert(QStringLiteral("header"), QStringLiteral("X-Superserve-Preview-Token"));
  object.insert(QStringLiteral("query_param"), QString::fromLatin1(kPreviewTokenQuery));
  object.insert(QStringLiteral("preview_access"), qtText(previewAccessName(sandboxAccess)));
  if (end) object.insert(QStringLiteral("expires_at"), toJson(*end));
  exchange.respond(200, object, {{"Cache-Control", "no-store"}});
}

}  // namespace terrarium
