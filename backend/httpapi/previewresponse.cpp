// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/previewresponse.h"

#include <QByteArrayList>

#include "backend/httpapi/previewrequest.h"

namespace terrarium {

namespace http = boost::beast::http;
using boost::beast::error_code;

namespace {

constexpr std::uint32_t kMaxHeadBytes = 64 * 1024;
/// What cannot be taken apart yet, such as an endless chunk extension, may not grow beyond this.
constexpr qsizetype kMostPending = 128LL * 1024;
constexpr int kMostInterim = 16;

QByteArray toBytes(boost::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); }

boost::asio::const_buffer bufferOf(const QByteArray& bytes) {
  return boost::asio::buffer(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

/// A cookie for a whole domain would reach other sandboxes, and one in the token's name would lock the user out.
QByteArray tamedCookie(const QByteArray& value) {
  const auto name = value.split('=').first().trimmed();
  if (name == kPreviewTokenCookie || name == kPreviewTokenHostCookie) return {};
  QByteArrayList kept;
  for (const auto& attribute : value.split(';')) {
    const auto key = attribute.split('=').first().trimmed().toLower();
    if (kept.isEmpty() || key != "domain") kept << attribute;
  }
  return kept.join(';');
}

}  // namespace

PreviewResponse::PreviewResponse(const HttpRequest& request)
    : isWebSocket_(request.isWebSocket), headOnly_(request.method == "HEAD") {
  reset();
}

void PreviewResponse::reset() {
  parser_.emplace();
  parser_->header_limit(kMaxHeadBytes);
  parser_->body_limit(boost::none);
  parser_->skip(headOnly_);
}

bool PreviewResponse::feed(const QByteArray& bytes) {
  if (complete_) return true;  // said more than it announced; nobody hears it
  if (isTunnel()) {
    body_ += bytes;
    return true;
  }
  pending_ += bytes;
  while (!hasHead_) {
    const auto before = pending_.size();
    if (!readHead()) return false;
    if (!hasHead_ && (pending_.isEmpty() || pending_.size() == before)) return pending_.size() <= kMostPending;
  }
  return readBody();
}

bool PreviewResponse::readHead() {
  error_code error;
  const auto taken = parser_->put(bufferOf(pending_), error);
  pending_.remove(0, static_cast<qsizetype>(taken));
  if (error && error != http::error::need_more && error != http::error::need_buffer) return false;
  return !parser_->is_header_done() || takeHead();
}

bool PreviewResponse::takeHead() {
  const auto& head = parser_->get();
  const auto status = static_cast<int>(head.result_int());
  if (status < 100) return false;
  if (status < 200 && status != 101) {
    reset();
    return ++interim_ <= kMostInterim;
  }
  if (status == 101 && !isWebSocket_) return false;
  status_ = status;
  hasHead_ = true;
  QByteArray connection;
  for (const auto& field : head) {
    if (field.name() == http::field::connection) connection += toBytes(field.value()) + ',';
  }
  for (const auto& field : head) {
    const auto name = toBytes(field.name_string());
    if (isHopByHop(name.toLower(), connection.toLower())) continue;
    const auto value = field.name() == http::field::set_cookie ? tamedCookie(toBytes(field.value())) : toBytes(field.value());
    if (!value.isEmpty() || field.name() != http::field::set_cookie) headers_.append({name, value});
  }
  const auto length = parser_->content_length();
  const bool empty = headOnly_ || status == 204 || status == 304;
  if (length && status != 204 && status != 101)
    headers_.append({"Content-Length", QByteArray::number(static_cast<qulonglong>(*length))});
  if (!empty && !isTunnel()) framing_ = length ? BodyFraming::ContentLength : BodyFraming::Chunked;
  complete_ = empty;
  return true;
}

bool PreviewResponse::readBody() {
  if (isTunnel()) {
    body_ += std::exchange(pending_, {});
    return true;
  }
  std::array<char, 32768> room;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by the parser
  while (!complete_ && !parser_->is_done() && !pending_.isEmpty()) {
    parser_->get().body().data = room.data();
    parser_->get().body().size = room.size();
    parser_->get().body().more = true;
    error_code error;
    const auto taken = parser_->put(bufferOf(pending_), error);
    const auto made = room.size() - parser_->get().body().size;
    pending_.remove(0, static_cast<qsizetype>(taken));
    body_.append(room.data(), static_cast<qsizetype>(made));
    if (error && error != http::error::need_more && error != http::error::need_buffer) return false;
    if (taken == 0 && made == 0) break;
  }
  complete_ = complete_ || parser_->is_done();
  return pending_.size() <= kMostPending;
}

bool PreviewResponse::end() {
  if (complete_ || isTunnel()) return true;
  if (!hasHead_) return false;
  error_code error;
  parser_->put_eof(error);
  complete_ = !error;
  return complete_;
}

}  // namespace terrarium
