// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpports.h"

#include <QJsonDocument>

#include "backend/api/failedportconnection.h"
#include "backend/wire/jsonvalues.h"
#include "backend/wire/previewjson.h"

namespace terrarium {

namespace {
// For as long as somebody works with a page.
constexpr int kLinkLife = 12 * 3600;

QString pathOf(const SandboxId& id) { return QStringLiteral("/sandboxes/%1/preview-ports").arg(qtText(id.value())); }
QString pathOf(const SandboxId& id, PreviewPort port) { return pathOf(id) + QStringLiteral("/%1").arg(port.value()); }
}  // namespace

std::unique_ptr<PortConnection> HttpPorts::connectPort(const SandboxId& id, int port) {
  const auto url = previewUrl(id, port);
  const auto address = url ? url->toString().toStdString() : std::string();
  return std::make_unique<FailedPortConnection>(
      Error{ErrorCode::NotFound, "Raw connections into a sandbox are not part of the API. " +
                                     (address.empty() ? "Ask the engine on its own machine." : "Use " + address + " instead.")});
}

Result<QUrl> HttpPorts::previewUrl(const SandboxId& id, int port) const { return calls_.address().preview(id, port); }

Pending<QUrl> HttpPorts::previewLink(const SandboxId& id, int port) {
  const auto url = previewUrl(id, port);
  if (!url) return settled<QUrl>(failure(url.error()));
  const Resolver<QUrl> resolver;
  const QJsonObject body{{QStringLiteral("expires_in_seconds"), kLinkLife}};
  const HttpQuestion question{"POST",
                              pathOf(id, *PreviewPort::parse(port)) + QStringLiteral("/token"),
                              {},
                              QJsonDocument(body).toJson(QJsonDocument::Compact)};
  whenDone(calls_.call(question), this, [resolver, url = *url](const Result<HttpAnswer>& answer) mutable {
    // None for a port that is not private. Whatever else is wrong, the page says it.
    const auto token = answer ? QJsonDocument::fromJson(answer->body).object() : QJsonObject();
    if (!token.isEmpty()) {
      QUrlQuery query;
      query.addQueryItem(token.value(QLatin1String("query_param")).toString(), token.value(QLatin1String("token")).toString());
      url.setQuery(query);
    }
    resolver.resolve(url);
  });
  return resolver.pending();
}

Pending<PreviewSettings> HttpPorts::previews(const SandboxId& id) {
  const Resolver<PreviewSettings> resolver;
  whenDone(calls_.call({"GET", pathOf(id)}), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve(previewSettingsFromJson(QJsonDocument::fromJson(answer->body).object()));
  });
  return resolver.pending();
}

Pending<PublishedPort> HttpPorts::portAnswer(const HttpQuestion& question) {
  const Resolver<PublishedPort> resolver;
  whenDone(calls_.call(question), this, [resolver](const Result<HttpAnswer>& answer) {
    if (!answer) return resolver.resolve(failure(answer.error()));
    resolver.resolve(publishedPortFromJson(QJsonDocument::fromJson(answer->body).object()));
  });
  return resolver.pending();
}

Pending<PublishedPort> HttpPorts::publish(const SandboxId& id, PreviewPort port, std::optional<PreviewAccess> access) {
  QJsonObject body{{QStringLiteral("port"), port.value()}};
  if (access) body.insert(QStringLiteral("access"), qtText(previewAccessName(*access)));
  return portAnswer({"POST", pathOf(id), {}, QJsonDocument(body).toJson(QJsonDocument::Compact)});
}

Pending<void> HttpPorts::unpublish(const SandboxId& id, PreviewPort port) {
  const Resolver<void> resolver;
  whenDone(calls_.call({"DELETE", pathOf(id, port)}), this,
           [resolver](const Result<HttpAnswer>& answer) { resolver.resolve(answer ? Result<void>() : failure(answer.error())); });
  return resolver.pending();
}

Pending<PublishedPort> HttpPorts::rotateToken(const SandboxId& id, PreviewPort port) {
  return portAnswer({"POST", pathOf(id, port) + QStringLiteral("/token/rotate")});
}

}  // namespace terrarium
