// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewproxy.h"

#include <QTimer>
#include <utility>

#include "backend/httpapi/previewrequest.h"

namespace terrarium {

namespace {
constexpr qint64 kMostQueued = 256LL * 1024;
constexpr std::chrono::seconds kFarewell{1};

Error senseless() { return {ErrorCode::Unavailable, "The program on that port does not answer in HTTP."}; }
}  // namespace

PreviewProxy::PreviewProxy(Exchange& exchange, std::unique_ptr<PortConnection> connection, QObject& keeper, Refusal refusal)
    : QObject(&exchange),
      exchange_(exchange),
      connection_(connection.release()),
      keeper_(keeper),
      refusal_(std::move(refusal)),
      response_(exchange.request()) {
  connection_->setParent(&keeper_);
  connect(connection_, &PortConnection::received, this, &PreviewProxy::received);
  connect(connection_, &PortConnection::drained, this, &PreviewProxy::wantBody);
  connect(connection_, &PortConnection::ended, this, &PreviewProxy::ended);
  connect(connection_, &PortConnection::failed, this, &PreviewProxy::failed);
  connect(&exchange_, &Exchange::bodyReceived, this, &PreviewProxy::passBody);
  connect(&exchange_, &Exchange::sent, this, &PreviewProxy::giveCredit);
  passRequest();
}

// The client is gone: the program learns it by a reset.
PreviewProxy::~PreviewProxy() { delete connection_; }

void PreviewProxy::passRequest() {
  const auto& request = exchange_.request();
  connection_->write(forwardedHead(request));
  bodyDone_ = !isChunked(request) && request.contentLength <= 0;
  wantBody();
}

void PreviewProxy::wantBody() {
  const bool open = response_.isTunnel() ? begun_ : !bodyDone_;
  if (!connection_ || !open || bodyWanted_ || connection_->pending() >= kMostQueued) return;
  bodyWanted_ = true;
  exchange_.wantBody();
}

void PreviewProxy::passBody(const QByteArray& bytes, bool last) {
  bodyWanted_ = false;
  if (!connection_) return;
  if (response_.isTunnel()) {
    connection_->write(bytes);
    return last ? connection_->closeWrite() : wantBody();
  }
  const bool chunked = isChunked(exchange_.request());
  if (chunked && !bytes.isEmpty())
    connection_->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
  else
    connection_->write(bytes);
  bodyDone_ = last;
  if (last && chunked) connection_->write("0\r\n\r\n");
  wantBody();
}

void PreviewProxy::received(const QByteArray& bytes) {
  owed_ += bytes.size();
  if (!response_.feed(bytes)) return breakOff(senseless());
  passResponse();
  giveCredit();
}

void PreviewProxy::passResponse() {
  if (!response_.hasHead()) return;
  if (!std::exchange(begun_, true)) beginResponse();
  exchange_.writeStream(response_.takeBody());
  if (response_.isComplete()) complete();
}

void PreviewProxy::beginResponse() {
  if (!response_.isTunnel()) return exchange_.beginForwarded(response_.status(), response_.headers(), response_.framing());
  exchange_.openTunnel(response_.headers());
  wantBody();
}

void PreviewProxy::giveCredit() {
  if (!connection_ || owed_ == 0 || exchange_.unsent() >= kMostQueued) return;
  connection_->consumed(std::exchange(owed_, 0));
}

void PreviewProxy::ended() {
  if (!response_.end()) return breakOff(senseless());
  passResponse();
  if (connection_) complete();
}

void PreviewProxy::failed(const Error& error) { breakOff(error); }

void PreviewProxy::complete() {
  auto* connection = std::exchange(connection_, nullptr);
  connection->disconnect(this);
  connect(connection, &PortConnection::closed, connection, &QObject::deleteLater);
  connect(connection, &PortConnection::failed, connection, &QObject::deleteLater);
  QTimer::singleShot(kFarewell, connection, &QObject::deleteLater);
  connection->closeWrite();
  exchange_.endStream();
}

void PreviewProxy::breakOff(const Error& error) {
  if (!connection_) return;
  auto* connection = std::exchange(connection_, nullptr);
  connection->disconnect(this);
  connection->deleteLater();  // it may be the one that calls
  if (begun_)
    exchange_.abort();
  else
    refusal_(error);
}

}  // namespace terrarium
