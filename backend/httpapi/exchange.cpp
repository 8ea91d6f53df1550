// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/exchange.h"

#include <QJsonArray>
#include <QTimer>

#include "backend/domain/errorname.h"
#include "backend/wire/errorjson.h"

namespace terrarium {

namespace {
const QByteArray kJson = "application/json";
}  // namespace

Exchange::Exchange(HttpRequest request, std::shared_ptr<Transport> transport, QObject* parent)
    : QObject(parent), request_(std::move(request)), transport_(std::move(transport)) {}

Exchange::~Exchange() {
  if (!finished_) transport_->abort();
}

HttpHeaders Exchange::completed(HttpHeaders headers, const QByteArray& contentType) const {
  if (!contentType.isEmpty()) headers.emplaceBack("Content-Type", contentType);
  headers.emplaceBack("X-Content-Type-Options", "nosniff");
  headers.emplaceBack("X-Frame-Options", "DENY");
  return headers + added_;
}

void Exchange::collectBody(const HttpConfig& config, std::function<void(const QByteArray&)> received) {
  const auto limit = config.maxJsonBytes;
  if (request_.contentLength > limit) {
    return respondError(413, "too_large", tr("The request body is too large: at most %1 bytes are accepted.").arg(limit));
  }
  auto* deadline = new QTimer(this);
  deadline->setSingleShot(true);
  connect(deadline, &QTimer::timeout, this,
          [this] { respondError(408, "bad_request", tr("The request body did not come in time.")); });
  deadline->start(config.bodyLimit);
  connect(this, &Exchange::bodyReceived, deadline,
          [this, deadline, limit, received = std::move(received)](const QByteArray& bytes, bool last) {
            if (finished_) return;
            collected_ += bytes;
            if (collected_.size() > limit) {
              respondError(413, "too_large", tr("The request body is too large: at most %1 bytes are accepted.").arg(limit));
            } else if (last) {
              deadline->stop();
              received(collected_);
            } else {
              transport_->wantBody();
            }
          });
  transport_->wantBody();
}

void Exchange::respond(int status, const QByteArray& contentType, const QByteArray& body, HttpHeaders headers) {
  if (begun_ || finished_) return;
  begun_ = true;
  headers = completed(std::move(headers), contentType);
  headers.emplaceBack("Content-Length", QByteArray::number(body.size()));
  transport_->sendHead(status, headers, BodyFraming::ContentLength);
  if (request_.method != "HEAD") transport_->sendBody(body);
  done();
}

void Exchange::respond(int status, const QJsonObject& body, HttpHeaders headers) {
  respond(status, kJson, QJsonDocument(body).toJson(QJsonDocument::Compact), std::move(headers));
}

void Exchange::respond(int status, const QJsonArray& body, HttpHeaders headers) {
  respond(status, kJson, QJsonDocument(body).toJson(QJsonDocument::Compact), std::move(headers));
}

void Exchange::respondEmpty(int status) {
  if (begun_ || finished_) return;
  begun_ = true;
  transport_->sendHead(status, completed({}, {}), BodyFraming::None);
  done();
}

void Exchange::respondError(const Error& error, HttpHeaders headers) {
  auto body = toJson(error);
  body.remove(QStringLiteral("detail"));  // for the log, not for clients
  respond(httpStatus(error.code), QJsonObject{{QStringLiteral("error"), body}}, std::move(headers));
}

void Exchange::respondError(int status, const QByteArray& code, const QString& message, HttpHeaders headers) {
  const QJsonObject body{{QStringLiteral("code"), QString::fromLatin1(code)}, {QStringLiteral("message"), message}};
  respond(status, QJsonObject{{QStringLiteral("error"), body}}, std::move(headers));
}

void Exchange::beginStream(int status, const QByteArray& contentType, qint64 length, HttpHeaders headers) {
  if (begun_ || finished_) return;
  begun_ = true;
  headers = completed(std::move(headers), contentType);
  if (length >= 0) headers.emplaceBack("Content-Length", QByteArray::number(length));
  transport_->sendHead(status, headers, length >= 0 ? BodyFraming::ContentLength : BodyFraming::Chunked);
  if (request_.method == "HEAD") done();
}

void Exchange::writeStream(const QByteArray& bytes) {
  if (finished_ || bytes.isEmpty()) return;
  unsent_ += bytes.size();
  transport_->sendBody(bytes);
}

void Exchange::endStream() {
  if (!finished_) done();
}

void Exchange::abort() {
  if (finished_) return;
  finished_ = true;
  transport_->abort();
  deleteLater();
}

void Exchange::beginForwarded(int status, const HttpHeaders& headers, BodyFraming framing) {
  if (begun_ || finished_) return;
  begun_ = true;
  transport_->sendHead(status, headers, framing);
}

void Exchange::openTunnel(const HttpHeaders& headers) {
  if (begun_ || finished_) return;
  begun_ = true;
  transport_->openTunnel(headers);
}

void Exchange::acceptWebSocket(const QByteArray& subprotocol, qint64 maxMessage) {
  begun_ = true;
  transport_->acceptWebSocket(subprotocol, maxMessage);
}

void Exchange::sendMessage(const QByteArray& bytes, bool isText) {
  if (finished_) return;
  unsent_ += bytes.size();
  transport_->sendMessage(bytes, isText);
}

void Exchange::closeWebSocket(int code, const QByteArray& reason) {
  if (finished_) return;
  finished_ = true;
  transport_->closeWebSocket(code, reason);
  deleteLater();
}

void Exchange::noteSent(qint64 bytes) {
  unsent_ -= bytes;
  emit sent(bytes);
}

void Exchange::noteGone() {
  if (finished_) return;
  finished_ = true;
  emit gone();
  deleteLater();
}

void Exchange::done() {
  finished_ = true;
  transport_->finish();
  deleteLater();
}

}  // namespace terrarium
