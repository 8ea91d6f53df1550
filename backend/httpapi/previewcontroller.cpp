// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewcontroller.h"

#include "backend/domain/previewport.h"
#include "backend/httpapi/previewproxy.h"
#include "backend/httpapi/previewrequest.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {

constexpr int kMostPerSandbox = 200;
constexpr int kMostPerPeer = 100;
constexpr int kRetryPaused = 5;
constexpr int kRetrySilent = 2;
constexpr int kRetryFull = 1;

PreviewProblem forbiddenPort(int port) {
  return {403, "forbidden", QObject::tr("Port not allowed"),
          QObject::tr("Port %1 cannot be previewed: ports from 1024 to 65535 except %2 are accepted.")
              .arg(port)
              .arg(PreviewPort::kReserved)};
}

PreviewProblem unknownSandbox() {
  return {404, "not_found", QObject::tr("No such sandbox"),
          QObject::tr("There is no sandbox with this address. It may have been deleted.")};
}

PreviewProblem unpublished(int port) {
  return {404, "not_found", QObject::tr("Port %1 is not published").arg(port),
          QObject::tr("This sandbox shows published ports only.")};
}

PreviewProblem withoutToken() {
  return {401, "unauthorized", QObject::tr("Private preview"),
          QObject::tr("This preview needs a token, and none that is valid came with the request.")};
}

PreviewProblem notRunning(const SandboxInfo& info) {
  const auto name = qtText(info.name.value());
  const auto phase = QString::fromLatin1(phaseName(info.state).data(), static_cast<qsizetype>(phaseName(info.state).size()));
  const auto advice = info.state == SandboxState::Paused ? QObject::tr(" Resume it to see this preview.") : QString();
  return {503, "sandbox_unavailable", QObject::tr("Sandbox is %1").arg(phase),
          QObject::tr("The sandbox \u201c%1\u201d is %2.").arg(name, phase) + advice, kRetryPaused};
}

PreviewProblem tooMany(const QString& whose, int most) {
  return {429, "rate_limited", QObject::tr("Too many connections"),
          QObject::tr("There are too many preview connections %1: at most %2 at once are accepted.").arg(whose).arg(most),
          kRetryFull};
}

PreviewProblem unreachable(const Error& error, const SandboxInfo& info, int port) {
  switch (error.code) {
    case ErrorCode::NotFound:
      return {
          502, "bad_gateway", QObject::tr("Nothing listens on port %1").arg(port),
          QObject::tr("No program in the sandbox \u201c%1\u201d listens on port %2 yet.").arg(qtText(info.name.value())).arg(port),
          kRetrySilent};
    case ErrorCode::NotRunning:
      return {503, "sandbox_unavailable", QObject::tr("Sandbox is not running"), qtText(error.message), kRetryPaused};
    default:
      return {502, "bad_gateway", QObject::tr("No answer from port %1").arg(port), qtText(error.message),
              error.code == ErrorCode::Conflict ? 0 : kRetrySilent};
  }
}

}  // namespace

void PreviewController::handle(Exchange& exchange, const PreviewHost& host) {
  if (!PreviewPort::parse(host.port)) return respondWith(exchange, forbiddenPort(host.port));
  whenDone(facade_.sandboxes().get(host.sandbox), &exchange, [this, &exchange, host](const Result<SandboxInfo>& info) {
    if (info) return enter(exchange, host, *info);
    if (info.error().code == ErrorCode::NotFound) return respondWith(exchange, unknownSandbox());
    exchange.respondError(info.error());
  });
}

void PreviewController::enter(Exchange& exchange, const PreviewHost& host, const SandboxInfo& info) {
  const auto access = info.previews.accessTo(host.port);
  if (!access) return respondWith(exchange, unpublished(host.port));
  if (*access == PreviewAccess::Private && !hasToken(exchange, host, *info.previews.find(host.port))) return;
  if (info.state != SandboxState::Active) return respondWith(exchange, notRunning(info));
  connectTo(exchange, host, info);
}

bool PreviewController::hasToken(Exchange& exchange, const PreviewHost& host, const PublishedPort& port) const {
  const auto& request = exchange.request();
  const auto token = previewTokenOf(request);
  if (!tokens_.accepts(token.value, host.sandbox, port, std::chrono::system_clock::now())) {
    respondWith(exchange, withoutToken());
    return false;
  }
  const bool isPage = (request.method == "GET" || request.method == "HEAD") && !request.isWebSocket;
  if (token.source != PreviewToken::Source::Query || !isPage) return true;
  // The address goes into histories and referrers, so the token leaves it. Secure cookies are not kept by every browser for plain
  // HTTP, hence no __Host- prefix; the host is this port's alone anyway.
  exchange.respond(302, {}, {},
                   {{"Location", "http://" + request.header("host") + targetWithoutToken(request.target)},
                    {"Set-Cookie", kPreviewTokenCookie + '=' + token.value + "; Path=/; HttpOnly; SameSite=Lax"},
                    {"Cache-Control", "no-store"}});
  return false;
}

void PreviewController::connectTo(Exchange& exchange, const PreviewHost& host, const SandboxInfo& info) {
  const auto sandbox = "sandbox " + QByteArray::fromStdString(host.sandbox.value());
  const auto peer = "peer " + exchange.request().peer;
  if (open_.value(sandbox) >= kMostPerSandbox)
    return respondWith(exchange, tooMany(QObject::tr("to this sandbox"), kMostPerSandbox));
  if (open_.value(peer) >= kMostPerPeer) return respondWith(exchange, tooMany(QObject::tr("from your address"), kMostPerPeer));
  auto connection = facade_.ports().connectPort(host.sandbox, host.port);
  countIn(*connection, sandbox);
  countIn(*connection, peer);
  const auto refusal = [&exchange, info, port = host.port](const Error& error) {
    respondWith(exchange, unreachable(error, info, port));
  };
  new PreviewProxy(exchange, std::move(connection), *this, refusal);
}

void PreviewController::countIn(const PortConnection& connection, const QByteArray& key) {
  ++open_[key];
  connect(&connection, &QObject::destroyed, this, [this, key] {
    if (--open_[key] <= 0) open_.remove(key);
  });
}

}  // namespace terrarium
