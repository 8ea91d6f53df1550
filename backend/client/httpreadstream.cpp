// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/client/httpreadstream.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>

#include "backend/wire/errorjson.h"

namespace terrarium {

namespace {
constexpr qint64 kWindow = 512 * 1024;
constexpr qint64 kPiece = 64 * 1024;
constexpr qsizetype kMaxRefusalBytes = 64 * 1024;

Error brokenOff(const std::string& detail) {
  return {ErrorCode::Unavailable, "The transfer broke off before the end. Try again.", detail, {}};
}
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

void HttpReadStream::send(const Result<QString>& token) {
  if (!token) return end(token.error());
  token_ = *token;
  head_ = {};
  refusal_.clear();
  auto request = calls_.address().data(id_, QStringLiteral("/files"), query_, token_);
  request.setRawHeader("Connection", "close");
  if (!range_.isEmpty()) request.setRawHeader("Range", range_);
  socket_ = std::make_unique<HttpSocket>();
  connect(socket_.get(), &HttpSocket::headReceived, this, &HttpReadStream::onHead);
  connect(socket_.get(), &HttpSocket::changed, this, &HttpReadStream::onChanged);
  connect(socket_.get(), &HttpSocket::failed, this,
          [this](const QString& reason) { end(unreachable(calls_.address().base(), reason)); });
  socket_->open(request, "GET");
}

FileEntry HttpReadStream::entry() const {
  FileEntry entry;
  entry.name = path_.substr(path_.find_last_of('/') + 1);
  const auto range = head_.header("Content-Range");
  bool known = false;
  entry.size = (range.isEmpty() ? head_.header("Content-Length") : range.mid(range.lastIndexOf('/') + 1)).toLongLong(&known);
  if (!known) entry.size = -1;
  const auto modified = QDateTime::fromString(QString::fromLatin1(head_.header("Last-Modified")), Qt::RFC2822Date);
  if (modified.isValid()) entry.modifiedUnix = modified.toSecsSinceEpoch();
  return entry;
}

void HttpReadStream::onHead(const ResponseHead& head) {
  head_ = head;
  body_.emplace(head);
  if (!isGood()) return collectRefusal();
  const QPointer<HttpReadStream> self(this);
  emit opened(entry());
  if (self) readOn();
}

void HttpReadStream::onChanged() { isGood() ? readOn() : collectRefusal(); }

void HttpReadStream::readOn() {
  const QPointer<HttpReadStream> self(this);
  while (self && !ended_ && unconsumed_ < kWindow) {
    if (body_->isComplete()) return end(std::nullopt);
    if (body_->isMalformed()) return end(brokenOff("the chunks of the body are wrong"));
    const auto bytes = socket_->take(kPiece);
    if (bytes.isEmpty()) {
      if (!socket_->isExhausted()) return;
      return end(body_->endsWithConnection() ? std::nullopt : std::optional(brokenOff("the connection was closed")));
    }
    const auto content = body_->feed(bytes);
    unconsumed_ += content.size();
    if (!content.isEmpty()) emit chunkReceived(content);
  }
}

void HttpReadStream::consumed(qint64 bytes) {
  unconsumed_ -= bytes;
  if (unconsumed_ >= kWindow || readScheduled_ || ended_) return;
  readScheduled_ = true;
  const auto goOn = [this] {
    readScheduled_ = false;
    if (socket_ && isGood()) readOn();
  };
  QMetaObject::invokeMethod(this, goOn, Qt::QueuedConnection);
}

void HttpReadStream::collectRefusal() {
  if (ended_) return;
  refusal_.append(body_->feed(socket_->take(kMaxRefusalBytes)));
  if (!body_->isComplete() && !body_->isMalformed() && !socket_->isExhausted() && refusal_.size() < kMaxRefusalBytes) return;
  const bool tokenRefused = head_.status == 401 || head_.status == 403;
  if (!tokenRefused || renewed_) return end(errorFromBody(head_.status, refusal_));
  renewed_ = true;
  socket_->disconnect(this);
  socket_.release()->deleteLater();
  whenDone(tokens_.renewed(id_, token_), this, [this](const Result<QString>& token) { send(token); });
}

void HttpReadStream::end(const std::optional<Error>& error) {
  if (ended_) return;
  ended_ = true;
  error ? emit failed(*error) : emit finished();
}

}  // namespace terrarium
