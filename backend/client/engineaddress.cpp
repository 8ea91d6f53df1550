// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/engineaddress.h"

#include <QHostAddress>
#include <array>
#include <utility>

#include "backend/domain/previewport.h"

namespace terrarium {

namespace {
struct HostedService {
  const char* control;
  const char* data;
};
// The data-plane host of the hosted service follows from its control-plane host; there is no discovery.
constexpr std::array<HostedService, 3> kHosted{{{"api.superserve.ai", "sandbox.superserve.ai"},
                                                {"api-usw.superserve.ai", "usw-sandbox.superserve.ai"},
                                                {"api-staging.superserve.ai", "staging-sandbox.superserve.ai"}}};
}  // namespace

EngineAddress::EngineAddress(QUrl base, QString apiKey) : base_(std::move(base)), apiKey_(std::move(apiKey)) {
  base_.setQuery(QString());
  base_.setFragment(QString());
  auto path = base_.path();
  while (path.endsWith(QLatin1Char('/'))) path.chop(1);
  base_.setPath(path);
  data_ = base_;
  for (const auto& service : kHosted) {
    if (base_.host() != QLatin1String(service.control)) continue;
    data_.setHost(QLatin1String(service.data));
    hosted_ = true;
  }
}

QUrl EngineAddress::url(const QUrl& base, const QString& path, const QUrlQuery& query) const {
  auto result = base;
  result.setPath(base.path(QUrl::FullyEncoded) + path, QUrl::TolerantMode);
  if (!query.isEmpty()) result.setQuery(query);
  return result;
}

QNetworkRequest EngineAddress::control(const QString& path, const QUrlQuery& query) const {
  QNetworkRequest request(url(base_, path, query));
  request.setRawHeader("X-API-Key", apiKey_.toUtf8());
  request.setRawHeader("User-Agent", "terrarium/" TERRARIUM_VERSION);
  return request;
}

QNetworkRequest EngineAddress::data(const SandboxId& id, const QString& path, const QUrlQuery& query, const QString& token) const {
  QNetworkRequest request(url(data_, path, query));
  request.setRawHeader("X-Superserve-Sandbox-Id", QByteArray::fromStdString(id.value()));
  request.setRawHeader("X-Access-Token", token.toUtf8());
  request.setRawHeader("User-Agent", "terrarium/" TERRARIUM_VERSION);
  return request;
}

QNetworkRequest EngineAddress::socket(const SandboxId& id, const QString& path, const QUrlQuery& query) const {
  auto base = data_;
  base.setScheme(base.scheme() == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws"));
  if (hosted_) base.setHost(QStringLiteral("boxd-%1.%2").arg(QString::fromStdString(id.value()), data_.host()));
  QNetworkRequest request(url(base, path, query));
  request.setRawHeader("X-Superserve-Sandbox-Id", QByteArray::fromStdString(id.value()));
  request.setRawHeader("User-Agent", "terrarium/" TERRARIUM_VERSION);
  return request;
}

Result<QUrl> EngineAddress::preview(const SandboxId& id, int port) const {
  if (const auto accepted = PreviewPort::parse(port); !accepted) return failure(accepted.error());
  const auto host = base_.host();
  // Browsers take every name below localhost to this machine by themselves.
  const bool here =
      host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost")) || QHostAddress(host).isLoopback();
  if (!hosted_ && !here) {
    return failure(ErrorCode::Unavailable,
                   "Ports can be opened on the machine alone that the engine runs on, " + host.toStdString() + ".");
  }
  QUrl result;
  result.setScheme(base_.scheme());
  result.setPort(base_.port());
  result.setHost(QStringLiteral("%1-%2.%3")
                     .arg(port)
                     .arg(QString::fromStdString(id.value()), hosted_ ? data_.host() : QStringLiteral("localhost")));
  result.setPath(QStringLiteral("/"));
  return result;
}

QString percentEncoded(const std::string& text) { return QString::fromLatin1(QByteArray::fromStdString(text).toPercentEncoding()); }

}  // namespace terrarium
