// SPDX-FileCopyrightText: 2026 The Terrarium authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend/httpapi/downloadresponse.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

namespace terrarium {

namespace {
QString httpDateFormat() { return QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"); }

QByteArray httpDate(qint64 unixSeconds) {
  return QLocale::c().toString(QDateTime::fromSecsSinceEpoch(unixSeconds, Qt::UTC), httpDateFormat()).toLatin1();
}

std::optional<qint64> fromHttpDate(const QByteArray& text) {
  auto time = QLocale::c().toDateTime(QString::fromLatin1(text), httpDateFormat());
  if (!time.isValid()) return std::nullopt;
  time.setTimeSpec(Qt::UTC);
  return time.toSecsSinceEpoch();
}

struct Bounds {
  qint64 first = 0;
  qint64 last = 0;
};

/// One range only; nothing when the header is of another form, which is then ignored as RFC 9110 wants it.
std::optional<Bounds> parseRange(const QByteArray& header, qint64 size) {
  if (!header.startsWith("bytes=") || header.contains(',')) return std::nullopt;
  const auto text = header.mid(6).trimmed();
  const auto dash = text.indexOf('-');
  if (dash < 0) return std::nullopt;
  // toLongLong() would take a sign.
  if (text.contains('+') || text.indexOf('-', dash + 1) >= 0) return std::nullopt;
  bool firstGood = true;
  bool lastGood = true;
  const auto first = dash == 0 ? -1 : text.left(dash).toLongLong(&firstGood);
  const auto last = dash == text.size() - 1 ? -1 : text.mid(dash + 1).toLongLong(&lastGood);
  if (!firstGood || !lastGood || (first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first)) return std::nullopt;
  if (first < 0) return last == 0 ? Bounds{size, size} : Bounds{std::max<qint64>(0, size - last), size - 1};
  return Bounds{first, last < 0 ? size - 1 : std::min(last, size - 1)};
}
/// RFC 9110, 13.2.2: in this order. We give no entity tags, so a condition on tags is met by "*" alone.
int statusByConditions(const HttpRequest& request, qint64 modified) {
  const auto match = request.header("if-match").trimmed();
  const auto unmodifiedSince = fromHttpDate(request.header("if-unmodified-since"));
  if (match.isEmpty() ? unmodifiedSince && modified > *unmodifiedSince : match != "*") return 412;
  const auto noneMatch = request.header("if-none-match").trimmed();
  const auto modifiedSince = fromHttpDate(request.header("if-modified-since"));
  if (noneMatch.isEmpty() ? modifiedSince && modified <= *modifiedSince : noneMatch == "*") return 304;
  return 200;
}
}  // namespace

ByteSelection selectBytes(const HttpRequest& request, const FileEntry& entry) {
  ByteSelection selection;
  selection.status = statusByConditions(request, entry.modifiedUnix);
  if (selection.status != 200) return selection;
  selection.length = entry.size;
  selection.headers = {
      {"Accept-Ranges", "bytes"}, {"Last-Modified", httpDate(entry.modifiedUnix)}, {"Content-Disposition", "inline"}};
  const auto unchanged = fromHttpDate(request.header("if-range"));
  const bool rangeCounts = request.header("if-range").isEmpty() || (unchanged && *unchanged == entry.modifiedUnix);
  const auto bounds = parseRange(request.header("range"), entry.size);
  if (!bounds || !rangeCounts) return selection;
  if (bounds->first >= entry.size) {
    selection.status = 416;
    return selection;
  }
  selection.status = 206;
  selection.length = bounds->last - bounds->first + 1;
  selection.range = {bounds->first, selection.length};
  selection.headers.append({"Content-Range", "bytes " + QByteArray::number(bounds->first) + '-' + QByteArray::number(bounds->last) +
                                                 '/' + QByteArray::number(static_cast<qint64>(entry.size))});
  return selection;
}

DownloadResponse::DownloadResponse(Exchange& exchange, std::unique_ptr<ReadStream> stream, const QByteArray& contentType,
                                   const std::optional<ByteSelection>& selection)
    : QObject(&exchange), exchange_(exchange), stream_(std::move(stream)) {
  begin_ = [this, contentType, selection](qint64 length) {
    left_ = length;
    exchange_.beginStream(selection ? selection->status : 200, contentType, length, selection ? selection->headers : HttpHeaders{});
  };
  connect(stream_.get(), &ReadStream::opened, this, [this, selection](const FileEntry&) {
    // A file of /proc claims to be empty: what comes tells whether that is true.
    if (!selection || selection->length != 0) begin_(selection ? selection->length : -1);
  });
  connect(stream_.get(), &ReadStream::chunkReceived, this, [this](const QByteArray& bytes) {
    if (!exchange_.hasBegun()) begin_(-1);
    // A file that grows meanwhile must not exceed the length that was announced.
    const auto taken = left_ < 0 ? bytes : bytes.left(left_);
    if (left_ >= 0) left_ -= taken.size();
    exchange_.writeStream(taken);
    if (taken.size() < bytes.size()) stream_->consumed(bytes.size() - taken.size());
  });
  connect(&exchange_, &Exchange::sent, this, [this](qint64 bytes) { stream_->consumed(bytes); });
  connect(stream_.get(), &ReadStream::finished, this, [this] {
    if (!exchange_.hasBegun()) begin_(0);
    if (left_ > 0)
      exchange_.abort();
    else
      exchange_.endStream();
  });
  connect(stream_.get(), &ReadStream::failed, this, [this](const Error& error) {
    if (exchange_.hasBegun())
      exchange_.abort();
    else
      exchange_.respondError(error);
  });
}

}  // namespace terrarium
