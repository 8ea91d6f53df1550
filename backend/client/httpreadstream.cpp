// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpreadstream.h"

#include <QDateTime>
#include <algorithm>

namespace terrarium {

namespace {
constexpr qint64 kWindow = 512 * 1024;
constexpr qint64 kReplyBuffer = 256 * 1024;
constexpr qint64 kPiece = 64 * 1024;

int statusOf(const QNetworkReply& reply) { return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }
}  // namespace

HttpReadStream::HttpReadStream(HttpCalls& calls, AccessTokens& tokens, SandboxId id, std::string path, QUrlQuery query,
                               QByteArray range)
    : calls_(calls),
      tokens_(tokens),
      id_(std::move(id)),
      path_(std::move(path)),
      query_(std::move(query)),
      range_(std::move(range)) {
  whenDone(tokens_.token(id_), this, [this](const Result<QString>& token) { send(token); });
}

HttpReadStream::~HttpReadStream() {
  if (!reply_) return;
  reply_->disconnect(this);
  reply_->abort();
  reply_->deleteLater();
}

void HttpReadStream::send(const Result<QString>& token) {
  if (!token) return end(token.error());
  token_ = *token;
  auto request = calls_.address().data(id_, QStringLiteral("/files"), query_, token_);
  // Bytes must arrive as they are, without a transparent decompression that hides their number.
  request.setRawHeader("Accept-Encoding", "identity");
  if (!range_.isEmpty()) request.setRawHeader("Range", range_);
  reply_ = calls_.pool().send(request, "GET");
  reply_->setReadBufferSize(kReplyBuffer);
  connect(reply_, &QNetworkReply::metaDataChanged, this, &HttpReadStream::onMetaData);
  connect(reply_, &QNetworkReply::readyRead, this, &HttpReadStream::readOn);
  connect(reply_, &QNetworkReply::finished, this, &HttpReadStream::onFinished);
}

FileEntry HttpReadStream::entry() const {
  FileEntry entry;
  entry.name = path_.substr(path_.find_last_of('/') + 1);
  const auto range = reply_->rawHeader("Content-Range");
  bool known = false;
  entry.size = (range.isEmpty() ? reply_->rawHeader("Content-Length") : range.mid(range.lastIndexOf('/') + 1)).toLongLong(&known);
  if (!known) entry.size = -1;
  const auto modified = reply_->header(QNetworkRequest::LastModifiedHeader).toDateTime();
  if (modified.isValid()) entry.modifiedUnix = modified.toSecsSinceEpoch();
  return entry;
}

void HttpReadStream::onMetaData() {
  const auto status = statusOf(*reply_);
  if (opened_ || ended_ || (status != 200 && status != 206)) return;
  opened_ = true;
  emit opened(entry());
}

void HttpReadStream::readOn() {
  if (!opened_ || ended_) return;
  const QPointer<HttpReadStream> self(this);
  while (self && reply_ && unconsumed_ < kWindow) {
    const auto bytes = reply_->read(kPiece);
    if (bytes.isEmpty()) break;
    unconsumed_ += bytes.size();
    received_ += bytes.size();
    emit chunkReceived(bytes);
  }
  if (self && reply_ && reply_->isFinished() && reply_->bytesAvailable() == 0) onFinished();
}

void HttpReadStream::consumed(qint64 bytes) {
  unconsumed_ -= bytes;
  if (unconsumed_ >= kWindow || readScheduled_ || ended_) return;
  readScheduled_ = true;
  QMetaObject::invokeMethod(
      this,
      [this] {
        readScheduled_ = false;
        readOn();
      },
      Qt::QueuedConnection);
}

void HttpReadStream::onFinished() {
  if (ended_) return;
  if (opened_ && reply_->bytesAvailable() > 0) return readOn();
  const auto status = statusOf(*reply_);
  if ((status == 401 || status == 403) && !renewed_) {
    renewed_ = true;
    reply_->deleteLater();
    reply_.clear();
    whenDone(tokens_.renewed(id_, token_), this, [this](const Result<QString>& token) { send(token); });
    return;
  }
  auto error = errorOf(*reply_, opened_ ? QByteArray() : reply_->readAll());
  bool known = false;
  const auto expected = reply_->rawHeader("Content-Length").toLongLong(&known);
  if (!error && known && received_ != expected) {
    error = Error{ErrorCode::Unavailable, "The transfer broke off before the end. Try again.", {}, {}};
  }
  end(std::move(error));
}

void HttpReadStream::end(std::optional<Error> error) {
  ended_ = true;
  if (reply_) reply_->deleteLater();
  error ? emit failed(*error) : emit finished();
}

}  // namespace terrarium
