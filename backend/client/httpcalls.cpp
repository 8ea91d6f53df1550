// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpcalls.h"

#include "backend/wire/errorjson.h"

namespace terrarium {

namespace {
constexpr qint64 kMaxAnswerBytes = 64LL * 1024 * 1024;

bool isUnreachable(QNetworkReply::NetworkError error) {
  switch (error) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
      return true;
    default:
      return false;
  }
}
}  // namespace

QByteArray HttpAnswer::header(const QByteArray& name) const {
  for (const auto& [key, value] : headers) {
    if (key.compare(name, Qt::CaseInsensitive) == 0) return value;
  }
  return {};
}

Error unreachable(const QUrl& url, const QString& reason) {
  const auto place = url.host() + (url.port() > 0 ? QStringLiteral(":%1").arg(url.port()) : QString());
  return Error{ErrorCode::Unavailable,
               "The engine at " + place.toStdString() + " cannot be reached. Check that it runs.",
               reason.toStdString(),
               {}};
}

std::optional<Error> errorOf(const QNetworkReply& reply, const QByteArray& body) {
  const auto status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status >= 400) return errorFromBody(status, body);
  if (status >= 300) {
    return Error{ErrorCode::Unavailable, "The address answers with a redirect; use the address of the engine itself.", {}, {}};
  }
  if (reply.error() == QNetworkReply::NoError) return std::nullopt;
  if (reply.error() == QNetworkReply::OperationCanceledError || reply.error() == QNetworkReply::TimeoutError) {
    return Error{ErrorCode::TimedOut, "The engine did not answer in time. Try again.", reply.errorString().toStdString(), {}};
  }
  if (isUnreachable(reply.error())) return unreachable(reply.url(), reply.errorString());
  return Error{
      ErrorCode::Unavailable, "The conversation with the engine failed: " + reply.errorString().toStdString() + ".", {}, {}};
}

void HttpCalls::setAddress(EngineAddress address) {
  address_ = std::move(address);
  pool_.reset();
}

Pending<HttpAnswer> HttpCalls::call(const HttpQuestion& question) {
  return send(address_.control(question.path, question.query), question);
}

Pending<HttpAnswer> HttpCalls::send(QNetworkRequest request, const HttpQuestion& question) {
  for (const auto& [name, value] : question.headers) request.setRawHeader(name, value);
  if (!request.hasRawHeader("Content-Type")) request.setRawHeader("Content-Type", "application/json");
  request.setTransferTimeout(static_cast<int>(question.patience.count()));
  auto* reply = pool_.send(request, question.verb, question.body);
  reply->setParent(this);
  const Resolver<HttpAnswer> resolver;
  connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
    if (received > kMaxAnswerBytes) reply->abort();
  });
  connect(reply, &QNetworkReply::finished, this, [reply, resolver] {
    reply->deleteLater();
    const auto body = reply->readAll();
    if (auto error = errorOf(*reply, body)) return resolver.resolve(failure(std::move(*error)));
    resolver.resolve(HttpAnswer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), body, reply->rawHeaderPairs()});
  });
  return resolver.pending();
}

}  // namespace terrarium
