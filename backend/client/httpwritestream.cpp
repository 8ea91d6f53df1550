// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpwritestream.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "backend/wire/errorjson.h"
#include "backend/wire/jsonvalues.h"

namespace terrarium {

namespace {
constexpr qint64 kHigh = 256 * 1024;
constexpr qint64 kLow = 64 * 1024;
constexpr qint64 kMaxReplyBytes = 64 * 1024;
}  // namespace

HttpWriteStream::HttpWriteStream(HttpCalls& calls, AccessTokens& tokens, SandboxId id, QUrlQuery query)
    : calls_(calls), tokens_(tokens), id_(std::move(id)), query_(std::move(query)) {
  connect(&socket_, &HttpSocket::opened, this, &HttpWriteStream::onOpened);
  connect(&socket_, &HttpSocket::headReceived, this, &HttpWriteStream::onHead);
  connect(&socket_, &HttpSocket::changed, this, &HttpWriteStream::onChanged);
  connect(&socket_, &HttpSocket::bytesWritten, this, &HttpWriteStream::onBytesWritten);
  connect(&socket_, &HttpSocket::failed, this, [this](const QString& reason) {
    if (sent_ == 0) return end(unreachable(calls_.address().base(), reason));
    end(Error{ErrorCode::Unavailable, "The transfer broke off before the end. Try again.", reason.toStdString(), {}});
  });
  whenDone(tokens_.token(id_), this, [this](const Result<QString>& token) { open(token); });
}

void HttpWriteStream::open(const Result<QString>& token) {
  if (!token) return end(token.error());
  auto request = calls_.address().data(id_, QStringLiteral("/files"), query_, *token);
  request.setRawHeader("Content-Type", "application/octet-stream");
  request.setRawHeader("Transfer-Encoding", "chunked");
  request.setRawHeader("Connection", "close");
  socket_.open(request, "POST");
}

void HttpWriteStream::onOpened() {
  open_ = true;
  const auto bytes = std::exchange(waiting_, {});
  sendChunk(bytes);
  if (finishing_) socket_.write("0\r\n\r\n");
}

void HttpWriteStream::sendChunk(const QByteArray& bytes) {
  if (bytes.isEmpty()) return;  // an empty chunk would end the body
  socket_.write(QByteArray::number(bytes.size(), 16) + "\r\n");
  socket_.write(bytes);
  socket_.write("\r\n");
  sent_ += bytes.size();
}

void HttpWriteStream::write(const QByteArray& bytes) {
  if (ended_ || finishing_) return;
  if (open_) {
    sendChunk(bytes);
  } else {
    waiting_.append(bytes);
  }
  if (pending() > kHigh) producerWaits_ = true;
}

qint64 HttpWriteStream::pending() const { return waiting_.size() + (open_ ? socket_.bytesToWrite() : 0); }

void HttpWriteStream::onBytesWritten() {
  if (!producerWaits_ || ended_ || pending() > kLow) return;
  producerWaits_ = false;
  emit drained();
}

void HttpWriteStream::finish() {
  if (ended_ || finishing_) return;
  finishing_ = true;
  if (open_) socket_.write("0\r\n\r\n");
}

void HttpWriteStream::onHead(const ResponseHead& head) {
  head_ = head;
  onChanged();
}

void HttpWriteStream::onChanged() {
  if (ended_) return;
  body_.append(socket_.take(kMaxReplyBytes));
  bool known = false;
  const auto length = head_.header("Content-Length").toLongLong(&known);
  if ((known && body_.size() >= length) || socket_.isExhausted() || body_.size() >= kMaxReplyBytes) judge();
}

void HttpWriteStream::judge() {
  if (head_.status >= 200 && head_.status < 300) {
    return end(std::nullopt, integerOf(QJsonDocument::fromJson(body_).object(), QLatin1String("size")).value_or(sent_));
  }
  // What was sent is gone, so it cannot be tried again from here; the next transfer fetches a token that is good.
  if (head_.status == 401 || head_.status == 403) tokens_.forget(id_);
  end(errorFromBody(head_.status, body_));
}

void HttpWriteStream::end(std::optional<Error> error, qint64 size) {
  if (ended_) return;
  ended_ = true;
  error ? emit failed(*error) : emit stored(size);
}

}  // namespace terrarium
